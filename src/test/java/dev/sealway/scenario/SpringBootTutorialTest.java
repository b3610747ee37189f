package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.Sealway;
import dev.sealway.plan.Selection;
import dev.sealway.planfile.PlanReader;
import dev.sealway.testing.Life;
import dev.sealway.testing.MavenProject;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.ServedPeople;
import dev.sealway.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The tutorial's Spring Boot application, one deployment of it, serves requests through every phase. */
@ExtendWith(PostgresExtension.class)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the wrapper is called as ./mvnw")
class SpringBootTutorialTest {

    private static final String EXAMPLE = "docs/tutorial/spring-boot";
    private static final int REQUESTS = 40;

    @TempDir
    private Path directory;

    @Test
    @Tag("long")
    void servesThroughEveryPhaseOnBoot41(TestDatabase database) throws Exception {
        servesThroughEveryPhase(database, "boot-4.1");
    }

    @Test
    @Tag("long")
    void servesThroughEveryPhaseOnBoot35(TestDatabase database) throws Exception {
        servesThroughEveryPhase(database, "boot-3.5");
    }

    private void servesThroughEveryPhase(TestDatabase database, String profile) throws Exception {
        // what Maven fetches for it is fetched once, and goes with target
        Path repository = Path.of("target", "repository-" + profile).toAbsolutePath();
        MavenProject project =
                MavenProject.copyOf(EXAMPLE, directory, repository).withSealwayInstalled();
        project.maven("package", "-P" + profile);
        Sealway operator = operator(project, database);
        try (ServedPeople people = ServedPeople.start(project, database)) {
            people.await(REQUESTS);
            while (!people.health().contains("DONE")) {
                Thread.sleep(50);
            }
            operator.cutOver(Selection.ALL, Duration.ZERO);
            people.await(REQUESTS);
            assertThat(operator.verify(Selection.ALL).passed()).isTrue();
            assertThat(operator.rehearse(Selection.ALL, 50).passed()).isTrue();
            operator.contract(
                    Selection.ALL,
                    Life.terms(operator.status(Selection.ALL).phrase().orElseThrow()));
            people.await(REQUESTS);
            assertThat(people.health()).contains("contracted");
            people.stop();
            assertThat(people.wrong()).isEmpty();
        }
        assertThat(database.rows("""
                        SELECT attname FROM pg_attribute WHERE attrelid = 'public.people'::regclass
                           AND attnum > 0 AND NOT attisdropped ORDER BY 1""")).hasToString("[[balance_encrypted], [email_encrypted], [email_search], [id]]");
    }

    private static Sealway operator(MavenProject project, TestDatabase database) throws Exception {
        Path plan = project.directory().resolve("src/main/resources/sealway.yaml");
        return Sealway.plan(PlanReader.read(Files.readString(plan), plan.toString()))
                .environment(Map.of("SEALWAY_KEYS", project.keys()))
                .on(database.dataSource());
    }
}
