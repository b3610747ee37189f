package dev.sealway.flyway;

import dev.sealway.error.SealwayException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.flywaydb.core.api.Location;
import org.flywaydb.core.api.configuration.Configuration;

/**
 * Where plan files are looked for.
 *
 * <p>A relative path is tried under Flyway's working directory, then under each {@code filesystem:} location and the
 * folders above it, then under the directory of the process. So the project's own file is found, also where Maven was
 * started somewhere else. {@code classpath:} names a resource.
 *
 * @param folders in the order in which they are tried
 */
record PlanPlace(List<Path> folders, ClassLoader classLoader) {

    private static final String CLASSPATH = "classpath:";

    static PlanPlace of(Configuration configuration) {
        Set<Path> folders = new LinkedHashSet<>();
        String workingDirectory = configuration.getWorkingDirectory();
        if (workingDirectory != null) {
            folders.add(absolute(workingDirectory));
        }
        Arrays.stream(configuration.getLocations())
                .filter(Location::isFileSystem)
                .forEach(location -> addUpwards(absolute(location.getRootPath()), folders));
        folders.add(absolute(""));
        return new PlanPlace(List.copyOf(folders), configuration.getClassLoader());
    }

    /** @throws SealwayException if there is no such plan, or it cannot be read */
    PlanText find(String path) {
        if (path.startsWith(CLASSPATH)) {
            return resource(path);
        }
        Path file = folders.stream()
                .map(folder -> folder.resolve(path))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> missing(path, "the migration folders, the folders above them, and " + absolute("")));
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

    private static SealwayException missing(String path, String places) {
        return SealwayException.wrongUsage(
                "there is no plan file %s in %s; name one with the placeholder sealway.plan".formatted(path, places));
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
