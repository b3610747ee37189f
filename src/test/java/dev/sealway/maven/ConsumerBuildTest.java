package dev.sealway.maven;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.plan.ConfirmationPhrase;
import dev.sealway.testing.MavenProject;
import dev.sealway.testing.MavenProject.Run;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

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

    private static final Path PAGE = Path.of("docs/how-to/verify-in-ci.md");
    private static final String DEPENDENCIES = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:list";

    @TempDir
    private Path project;

    @TempDir
    private Path repository;

    private TestDatabase database;
    private MavenProject clinic;

    @BeforeEach
    void installSealway(TestDatabase fresh) throws Exception {
        database = fresh;
        clinic = MavenProject.copyOf("docs/tutorial/verify-in-ci", project, repository)
                .withSealwayInstalled();
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

    /** The command of the page's workflow, in which only the database is another one. */
    private Run asThePageSays(String... more) throws Exception {
        Map<?, ?> workflow = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(snippet("yaml"));
        String command = Pattern.compile("run=mvn ([^,}]*)")
                .matcher(workflow.toString())
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        List<String> words = new ArrayList<>(List.of(command.replaceAll("-Dsealway\\.(url|user|password)=\\S+", "")
                .strip()
                .split(" +")));
        words.addAll(List.of(more));
        return run(words.toArray(String[]::new));
    }

    private static String snippet(String language) throws Exception {
        return Pattern.compile("(?s)```%s\\R(.*?)```".formatted(language))
                .matcher(Files.readString(PAGE))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    private String file(String name) throws Exception {
        return Files.readString(project.resolve("target/sealway").resolve(name));
    }

    @Test
    void failsForEachReasonAndForNoOther() throws Exception {
        assertThat(Files.readString(project.resolve("pom.xml"))).contains(snippet("xml"));
        Run verified = asThePageSays("sealway:plan", "sealway:status", DEPENDENCIES);
        assertThat(verified.code()).as(verified.told()).isZero();
        assertThat(verified.told())
                .contains("Covered: 2 columns", "public.patients.email", "40 rows decrypt")
                .contains("Plan clinic fits the database", "Next: sealway views");
        assertThat(libraries(verified.told()))
                .containsExactlyInAnyOrder(
                        "dev.sealway:sealway",
                        "com.google.code.findbugs:jsr305",
                        "com.google.code.gson:gson",
                        "com.google.crypto.tink:tink",
                        "com.google.errorprone:error_prone_annotations",
                        "com.google.protobuf:protobuf-java",
                        "org.checkerframework:checker-qual",
                        "org.jspecify:jspecify",
                        "org.postgresql:postgresql",
                        "org.slf4j:slf4j-api",
                        "org.snakeyaml:snakeyaml-engine");
        assertThat(file("coverage.html")).contains("Covered: 2 columns").doesNotContain("CANARY");
        assertThat(file("coverage.json")).contains("\"until\": \"verified\"");
        assertThat(file("TEST-sealway.xml")).contains("tests=\"2\" failures=\"0\"", "name=\"email\"");

        database.execute(
                "UPDATE public.patients SET email = 'canary@example.org' WHERE id = 7",
                "ALTER TABLE public.patients ADD COLUMN phone text",
                "UPDATE public.patients SET phone = '+4930' || 10000000 + id");
        Run stale = run("sealway:verify", "-Dsealway.until=contracted");
        assertThat(stale.code()).isOne();
        assertThat(stale.told())
                .contains("Not covered: 2 of 2 columns, and 1 column in no plan")
                .contains("public.patients.email has 1 row whose plaintext is not encrypted, or changed since")
                .contains("public.patients.name is verified, and should be contracted; run 'sealway contract'")
                .contains("Unplanned: column public.patients.phone looks like");
        assertThat(file("TEST-sealway.xml")).contains("failures=\"3\"", "type=\"phase\"", "type=\"unplanned\"");

        drop();
        Run dropped = run("sealway:verify", "-Dsealway.until=contracted", "-Dsealway.failOn=phase,rows,residue");
        assertThat(dropped.code()).isOne();
        assertThat(dropped.told())
                .contains("Plaintext lingers: table public.patients, pages", "sealway purge")
                .doesNotContain("1 row");
        assertThat(run("sealway:verify", "-Dsealway.until=contracted", "-Dsealway.failOn=phase,rows")
                        .code())
                .isZero();
    }

    /** Of the lines of {@code dependency:list}, group and artifact. */
    private static List<String> libraries(String told) {
        return Pattern.compile("(?m)^\\[INFO\\] {4}([\\w.-]+:[\\w.-]+):jar:")
                .matcher(told)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private void drop() throws Exception {
        Files.writeString(project.resolve("db/migration/R__Drop.sealway.yaml"), DROP);
        database.execute("ALTER TABLE public.patients DROP COLUMN phone");
        String phrase = ConfirmationPhrase.of("clinic", List.of("public.patients.name", "public.patients.email"))
                .text();
        Run migrated = run(
                "flyway:migrate",
                "-Dflyway.placeholders.sealway.confirmDrop=" + phrase,
                "-Dflyway.placeholders.sealway.offlineCopy=paper in the safe");
        assertThat(migrated.code()).as(migrated.told()).isZero();
    }
}
