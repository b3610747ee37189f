package dev.sealway.maven;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.testing.MavenProject;
import dev.sealway.testing.MavenProject.Run;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else's build, with Flyway's plugin and Sealway's beside each other: {@code mvn verify}. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the wrapper is called as ./mvnw")
class ConsumerBuildTest {
    private static final String DROP = """
            sealway: 1
            plan: db/sealway.yaml
            phases: [contract]
            """;

    @TempDir
    private Path project;

    @TempDir
    private Path repository;

    private TestDatabase database;
    private MavenProject clinic;

    @BeforeEach
    void installSealway(TestDatabase fresh) throws Exception {
        database = fresh;
        clinic = MavenProject.of("maven/consumer", project, repository).withSealwayInstalled();
    }

    private Run run(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(
                "-Dsealway.url=" + database.bareJdbcUrl(),
                "-Dsealway.user=" + database.user(),
                "-Dsealway.password=" + database.password()));
        all.addAll(List.of(arguments));
        Run run = clinic.run(all.toArray(String[]::new));
        assertThat(run.told()).doesNotContain("CANARY").doesNotContain("Stack trace");
        return run;
    }

    private String file(String name) throws Exception {
        return Files.readString(project.resolve("target/sealway").resolve(name));
    }

    @Test
    void failsForEachReasonAndForNoOther() throws Exception {
        Run whole = run("sealway:plan", "verify", "sealway:status", "sealway:doctor", "-Dsealway.allowLogging");
        // the table is not there before Flyway made it
        assertThat(whole.code()).isOne();
        assertThat(whole.told()).contains("public.patients");

        Run verified = run("verify", "sealway:status");
        assertThat(verified.code()).as(verified.told()).isZero();
        assertThat(verified.told())
                .contains("Covered: 2 columns", "public.patients.email", "40 rows decrypt", "Next: sealway views");
        assertThat(file("coverage.html")).contains("Covered: 2 columns").doesNotContain("CANARY");
        assertThat(file("coverage.json")).contains("\"until\": \"verified\"");
        assertThat(file("TEST-sealway.xml")).contains("tests=\"2\" failures=\"0\"", "name=\"email\"");

        database.execute("UPDATE public.patients SET email = 'canary@example.org' WHERE id = 7");
        Run stale = run("sealway:verify", "-Dsealway.until=contracted");
        assertThat(stale.code()).isOne();
        assertThat(stale.told())
                .contains("Not covered: 2 of 2 columns")
                .contains("public.patients.email has 1 row whose plaintext is not encrypted, or changed since")
                .contains("public.patients.name is verified, and should be contracted; run 'sealway contract'");
        assertThat(file("TEST-sealway.xml")).contains("failures=\"2\"", "type=\"phase\"");
        assertThat(run("sealway:verify", "-Dsealway.failOn=phase").code()).isZero();

        drop();
        Run dropped = run("sealway:verify", "-Dsealway.until=contracted");
        assertThat(dropped.code()).isOne();
        assertThat(dropped.told())
                .contains("Plaintext lingers: table public.patients, pages", "sealway purge")
                .doesNotContain("1 row");
        assertThat(run("sealway:verify", "-Dsealway.until=contracted", "-Dsealway.failOn=phase,rows")
                        .code())
                .isZero();
        assertThat(run("sealway:verify", "-Dsealway.skip").told()).contains("Skipped");
    }

    private void drop() throws Exception {
        Files.writeString(project.resolve("db/migration/R__Drop.sealway.yaml"), DROP);
        String waits = run("flyway:migrate", "sealway:status").told();
        String phrase = waits.replaceAll("(?s).*(drop clinic 2 columns [0-9a-f]{8}).*", "$1");
        Run migrated = run(
                "flyway:migrate",
                "-Dflyway.placeholders.sealway.confirmDrop=" + phrase,
                "-Dflyway.placeholders.sealway.offlineCopy=paper in the safe");
        assertThat(migrated.code()).as(migrated.told()).isZero();
    }
}
