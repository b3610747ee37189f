package dev.sealway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A copy of somebody else's project, built by Maven against the jar that this project installs: into a repository of its
 * own, in front of the user's.
 */
public final class ConsumerProject {

    private static final Path HERE = Path.of("").toAbsolutePath();

    private final Path project;
    private final Path repository;
    private final String keys;

    private ConsumerProject(Path project, Path repository, String keys) {
        this.project = project;
        this.repository = repository;
        this.keys = keys;
    }

    /**
     * @param example of this project, relative to its root
     * @param project an empty directory, for the copy
     * @param repository where what is built or fetched is kept
     */
    public static ConsumerProject copyOf(String example, Path project, Path repository) throws IOException {
        Path source = HERE.resolve(example);
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = project.resolve(source.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        Files.createDirectories(repository);
        return new ConsumerProject(project, repository, Life.freshKeys());
    }

    /** Makes the jar of this project one that the copy can depend on. */
    public ConsumerProject installSealway() throws IOException, InterruptedException {
        maven(HERE, List.of("jar:jar@default-jar", "install:install@default-install"));
        return this;
    }

    public Path directory() {
        return project;
    }

    /** The key bundle that Maven's processes have as {@code SEALWAY_KEYS}. */
    public String keys() {
        return keys;
    }

    /** What Maven says; it must succeed. */
    public String maven(String... arguments) throws IOException, InterruptedException {
        return maven(project, List.of(arguments));
    }

    private String maven(Path directory, List<String> arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile(repository, "maven", ".log");
        List<String> command = new ArrayList<>(List.of(
                HERE.resolve("mvnw").toString(),
                "--batch-mode",
                "--no-transfer-progress",
                "--no-snapshot-updates",
                "-Dmaven.repo.local=" + repository,
                "-Dmaven.repo.local.tail=" + Path.of(System.getProperty("user.home"), ".m2", "repository")));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("SEALWAY_KEYS", keys);
        Process process = builder.start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly();
        }
        String told = Files.readString(output);
        Files.delete(output);
        assertThat(ended && process.exitValue() == 0)
                .as("%s in %s: %s", arguments, directory, told)
                .isTrue();
        return told;
    }
}
