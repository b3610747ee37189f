package dev.sealway.keys.file;

import dev.sealway.crypto.Sha256;
import dev.sealway.error.SealwayException;
import dev.sealway.keys.KeyMaterial;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;

/** One compare-and-set of a file: readers see the old bundle or the new one, whole, also after a crash. */
final class FileReplacement {

    private final Path target;
    private final Path beside;

    private FileReplacement(Path target) {
        this.target = target;
        this.beside = target.resolveSibling("%s.new".formatted(target.getFileName()));
    }

    /** Of the file itself, where {@code path} is a link to it. */
    static FileReplacement of(Path path) throws IOException {
        return new FileReplacement(path.toRealPath());
    }

    /** @throws java.nio.file.FileAlreadyExistsException if another replacement is under way, or died */
    void replace(KeyMaterial material, String expectedVersion) throws IOException {
        try (FileChannel out = FileChannel.open(
                beside,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                OwnerOnly.attributes(beside))) {
            FileKeyProvider.writeOrRemove(beside, out, material);
        }
        try {
            refuseAnotherOwner();
            refuseAnotherVersion(expectedVersion);
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
        OwnerOnly.syncDirectoryOf(target);
    }

    /** The new file is ours; its readers may not be. */
    private void refuseAnotherOwner() throws IOException {
        if (!Files.getOwner(target).equals(Files.getOwner(beside))) {
            throw SealwayException.refused(
                    "file %s belongs to another user, who could not read what replaces it; run as the user who owns the file"
                            .formatted(target));
        }
    }

    private void refuseAnotherVersion(String expectedVersion) throws IOException {
        byte[] there = Files.readAllBytes(target);
        String version = Sha256.hex(there);
        Arrays.fill(there, (byte) 0);
        if (!version.equals(expectedVersion)) {
            throw SealwayException.refused(
                    "file %s was changed by somebody else since it was read, and nothing was overwritten; begin again with what is there now"
                            .formatted(target));
        }
    }
}
