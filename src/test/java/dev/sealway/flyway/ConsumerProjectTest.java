package dev.sealway.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.crypto.tink.Algorithm;
import dev.sealway.crypto.tink.GeneratedBundle;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody else's project without a line of Java: the jar that this project installs, among the dependencies of the
 * Flyway plugin, and a plain {@code flyway:migrate}. Installs into a repository of its own, in front of the user's.
 */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the wrapper is called as ./mvnw")
class ConsumerProjectTest {
    private static final Path HERE = Path.of("").toAbsolutePath();
    private static final Path EXAMPLE = HERE.resolve("src/test/resources/dev/sealway/flyway/consumer");

    @TempDir
    private Path project;

    @TempDir
    private Path repository;

    private String keys;

    @BeforeEach
    void copyTheExample() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = project.resolve(EXAMPLE.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        try (GeneratedBundle bundle = GeneratedBundle.generate("shop", Algorithm.AES256_GCM)) {
            keys = new String(bundle.material().revealBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void migratesAFreshCloneWithoutACompiler(TestDatabase database) throws Exception {
        maven(HERE, "jar:jar@default-jar", "install:install@default-install");

        String first = migrate(database);
        assertThat(first).contains("Built index", "Drop plaintext waits: 2 columns still hold plaintext");
        assertThat(database.value("SELECT count(*) FROM public.customer WHERE phone_encrypted IS NOT NULL"))
                .isEqualTo("100");
        assertThat(migrate(database)).contains("No migration necessary");

        String phrase = Shop.phrase("email", "phone");
        migrate(
                database,
                "-Dflyway.placeholders.sealway.confirmDrop=" + phrase,
                "-Dflyway.placeholders.sealway.offlineCopy=paper in the safe");
        assertThat(database.value("""
                        SELECT string_agg(version, ',' ORDER BY installed_rank) FROM public.flyway_schema_history
                         WHERE success AND version IS NOT NULL""")).isEqualTo("1,2");
        assertThat(database.value("""
                        SELECT count(*) FROM information_schema.columns
                         WHERE table_name = 'customer' AND column_name IN ('email', 'phone')""")).isEqualTo("0");
        assertThat(project.resolve("target")).doesNotExist();
    }

    private String migrate(TestDatabase database, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "flyway:migrate",
                "-Dflyway.url=" + database.bareJdbcUrl(),
                "-Dflyway.user=" + database.user(),
                "-Dflyway.password=" + database.password()));
        arguments.addAll(List.of(more));
        return maven(project, arguments.toArray(String[]::new));
    }

    /** What Maven says; it must succeed. */
    private String maven(Path directory, String... arguments) throws IOException, InterruptedException {
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
        assertThat(ended && process.exitValue() == 0)
                .as("%s in %s: %s", List.of(arguments), directory, told)
                .isTrue();
        return told;
    }
}
