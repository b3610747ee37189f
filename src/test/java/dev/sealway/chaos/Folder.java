package dev.sealway.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where the backups of a scene are. */
record Folder(Path path) {

    private static final Path ALL = Path.of("target", "chaos").toAbsolutePath();

    static Folder of(String scene) {
        return new Folder(ALL.resolve(scene));
    }

    /** The newest backup that is whole. */
    Path newest() {
        return files().stream()
                .filter(file -> file.toString().endsWith(".backup"))
                .max(Comparator.comparing(file -> file.toFile().lastModified()))
                .orElseThrow(() -> new IllegalStateException("there is no backup in %s".formatted(path)));
    }

    /** Makes {@code other} one with the same files. */
    void replace(Folder other) {
        other.clear();
        try {
            for (Path file : files()) {
                Files.createDirectories(other.path);
                Files.copy(file, other.path.resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void clear() {
        try {
            for (Path file : files()) {
                Files.delete(file);
            }
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> files() {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
