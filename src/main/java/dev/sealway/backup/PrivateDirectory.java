package dev.sealway.backup;

import dev.sealway.error.SealwayException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A directory for backups. Where the file system knows owners (POSIX), it is made for its owner alone, and so is every file
 * in it from its first byte on.
 */
final class PrivateDirectory {

    private final Path path;

    private PrivateDirectory(Path path) {
        this.path = path;
    }

    /**
     * Opens a directory, or makes it.
     *
     * @throws SealwayException if there is something else, or it cannot be made
     */
    static PrivateDirectory open(Path path) {
        try {
            if (!Files.exists(path)) {
                Files.createDirectories(path, attributes(path, "rwx------"));
            }
        } catch (IOException e) {
            throw SealwayException.failed("directory %s could not be made; make it, or choose another".formatted(path));
        }
        if (!Files.isDirectory(path)) {
            throw SealwayException.refused("%s is no directory; name one for the backups".formatted(path));
        }
        return new PrivateDirectory(path);
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /** A new file; one that is there already is never touched. */
    FileChannel create(String name) throws IOException {
        return FileChannel.open(
                resolve(name),
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                attributes(path, "rw-------"));
    }

    /** Makes the names of its files durable. */
    void sync() throws IOException {
        if (isPosix(path)) {
            try (FileChannel directory = FileChannel.open(path, StandardOpenOption.READ)) {
                directory.force(true);
            }
        }
    }

    private static FileAttribute<?>[] attributes(Path path, String permissions) {
        return isPosix(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
