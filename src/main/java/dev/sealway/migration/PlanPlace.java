package dev.sealway.migration;

import dev.sealway.error.SealwayException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where plan files are looked for.
 *
 * <p>A relative path is tried under each of the folders and those above it, then under the directory of the process. So the
 * project's own file is found, also where the tool was started somewhere else. {@code classpath:} names a resource.
 *
 * @param folders in the order in which they are tried
 */
public record PlanPlace(List<Path> folders, ClassLoader classLoader, Tool tool) {

    private static final String CLASSPATH = "classpath:";

    public PlanPlace {
        folders = List.copyOf(folders);
    }

    /**
     * @param exact are tried before all others, alone
     * @param below are tried with the folders above them
     */
    public static PlanPlace of(List<String> exact, List<String> below, ClassLoader classLoader, Tool tool) {
        Set<Path> folders = new LinkedHashSet<>();
        exact.forEach(folder -> folders.add(absolute(folder)));
        below.forEach(folder -> addUpwards(absolute(folder), folders));
        folders.add(absolute(""));
        return new PlanPlace(List.copyOf(folders), classLoader, tool);
    }

    /** @throws SealwayException if there is no such plan, or it cannot be read */
    public PlanText find(String path) {
        if (path.startsWith(CLASSPATH)) {
            return resource(path);
        }
        Path file = folders.stream()
                .map(folder -> folder.resolve(path))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> missing(path, places()));
        try {
            return new PlanText(Files.readString(file), path);
        } catch (IOException unreadable) {
            throw SealwayException.wrongUsage(
                    "the plan file %s cannot be read; is it in UTF-8, and may this user read it?".formatted(file));
        }
    }

    private PlanText resource(String path) {
        String name = path.substring(CLASSPATH.length()).replaceFirst("^/", "");
        try (InputStream stream = classLoader.getResourceAsStream(name)) {
            if (stream == null) {
                throw missing(path, "the class path");
            }
            return new PlanText(new String(stream.readAllBytes(), StandardCharsets.UTF_8), path);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private String places() {
        return folders.size() == 1
                ? folders.get(0).toString()
                : "the migration folders, the folders above them, and %s".formatted(absolute(""));
    }

    private SealwayException missing(String path, String places) {
        return SealwayException.wrongUsage(
                "there is no plan file %s in %s; name one with %s".formatted(path, places, tool.namingAPlan()));
    }

    private static void addUpwards(Path folder, Set<Path> folders) {
        for (Path up = folder; up != null; up = up.getParent()) {
            folders.add(up);
        }
    }

    private static Path absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize();
    }
}
