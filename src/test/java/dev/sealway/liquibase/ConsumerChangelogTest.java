package dev.sealway.liquibase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.plan.ConfirmationPhrase;
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

/** Somebody else's changelog, with the jar that this project installs among the dependencies of Liquibase's Maven plugin. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the wrapper is called as ./mvnw")
class ConsumerChangelogTest {
    private static final String PHRASE = ConfirmationPhrase.of(
                    "shop", List.of("public.customer.email", "public.customer.phone"))
            .text();

    @TempDir
    private Path directory;

    @TempDir
    private Path repository;

    @Test
    void updatesUpToTheWaitingDropAndDropsOnceItIsConfirmed(TestDatabase database) throws Exception {
        MavenProject project = MavenProject.copyOf("docs/tutorial/liquibase", directory, repository)
                .withSealwayInstalled();

        update(project, database);
        assertThat(database.value("SELECT count(email) || ' ' || count(email_encrypted) FROM public.customer"))
                .isEqualTo("100 100");

        update(project, database, "-Dsealway.confirmDrop=" + PHRASE, "-Dsealway.offlineCopy=paper in the safe");
        assertThat(database.value("""
                        SELECT count(*) FROM information_schema.columns
                         WHERE table_name = 'customer' AND column_name IN ('email', 'phone')""")).isEqualTo("0");
    }

    private static void update(MavenProject project, TestDatabase database, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "liquibase:update",
                "-Dliquibase.url=" + database.bareJdbcUrl(),
                "-Dliquibase.username=" + database.user(),
                "-Dliquibase.password=" + database.password()));
        arguments.addAll(List.of(more));
        project.maven(arguments.toArray(String[]::new));
    }
}
