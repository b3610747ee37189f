package dev.sealway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Somebody else's project, built by real Maven with the jar that this project installs: into a repository of its own, in
 * front of the user's.
 */
public final class MavenProject {
    private static final Path HERE = Path.of("").toAbsolutePath();

    private final Path directory;
    private final Path repository;
    private final String keys;

    private MavenProject(Path directory, Path repository, String keys) {
        this.directory = directory;
        this.repository = repository;
        this.keys = keys;
    }

    /** What Maven said, and how it ended. */
    public record Run(int code, String told) {}

    /**
     * @param example a directory of this project
     * @param directory where it is copied to
     * @param repository where Sealway is installed
     */
    public static MavenProject copyOf(String example, Path directory, Path repository) throws IOException {
        Path source = HERE.resolve(example);
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = directory.resolve(source.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        Files.createDirectories(repository);
        return new MavenProject(directory, repository, Life.freshKeys());
    }

    /** The classes that are compiled now; nothing is built for it. One at a time: tests run in several machines. */
    public MavenProject withSealwayInstalled() throws Exception {
        try (FileChannel lock = FileChannel.open(
                        HERE.resolve("target/.install.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock ignored = lock.lock()) {
            succeeded(run(HERE, "jar:jar@default-jar", "install:install@default-install"));
        }
        return this;
    }

    public Path directory() {
        return directory;
    }

    /** The key bundle that Maven's processes have as {@code SEALWAY_KEYS}. */
    public String keys() {
        return keys;
    }

    /** What Maven said; it must succeed. */
    public String maven(String... arguments) throws Exception {
        return succeeded(run(arguments));
    }

    public Run run(String... arguments) throws Exception {
        return run(directory, arguments);
    }

    private static String succeeded(Run run) {
        assertThat(run.code()).as(run.told()).isZero();
        return run.told();
    }

    private Run run(Path where, String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile(repository, "maven", ".log");
        List<String> command = new ArrayList<>(List.of(
                HERE.resolve("mvnw").toString(),
                "--batch-mode",
                "--no-transfer-progress",
                "--no-snapshot-updates",
                "-Dmaven.repo.local=" + repository,
                "-Dmaven.repo.local.tail=" + Path.of(System.getProperty("user.home"), ".m2", "repository")));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("SEALWAY_KEYS", keys);
        Process process = builder.start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("%s in %s does not end: %s".formatted(command, where, Files.readString(output)));
        }
        return new Run(process.exitValue(), Files.readString(output));
    }
}
