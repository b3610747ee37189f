package dev.sealway.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.testing.MavenProject;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    @TempDir
    private Path directory;

    @TempDir
    private Path repository;

    @Test
    void migratesAFreshCloneWithoutACompiler(TestDatabase database) throws Exception {
        MavenProject project = MavenProject.copyOf("docs/tutorial/plain-flyway", directory, repository)
                .withSealwayInstalled();

        String first = migrate(project, database);
        assertThat(first).contains("Built index", "Drop plaintext waits: 2 columns still hold plaintext");
        assertThat(database.value("SELECT count(*) FROM public.customer WHERE phone_encrypted IS NOT NULL"))
                .isEqualTo("100");
        assertThat(migrate(project, database)).contains("No migration necessary");

        String phrase = Shop.phrase("email", "phone");
        migrate(
                project,
                database,
                "-Dflyway.placeholders.sealway.confirmDrop=" + phrase,
                "-Dflyway.placeholders.sealway.offlineCopy=paper in the safe");
        assertThat(database.value("""
                        SELECT string_agg(version, ',' ORDER BY installed_rank) FROM public.flyway_schema_history
                         WHERE success AND version IS NOT NULL""")).isEqualTo("1,2");
        assertThat(database.value("""
                        SELECT count(*) FROM information_schema.columns
                         WHERE table_name = 'customer' AND column_name IN ('email', 'phone')""")).isEqualTo("0");
        assertThat(directory.resolve("target")).doesNotExist();
    }

    private static String migrate(MavenProject project, TestDatabase database, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "flyway:migrate",
                "-Dflyway.url=" + database.bareJdbcUrl(),
                "-Dflyway.user=" + database.user(),
                "-Dflyway.password=" + database.password()));
        arguments.addAll(List.of(more));
        return project.maven(arguments.toArray(String[]::new));
    }
}
