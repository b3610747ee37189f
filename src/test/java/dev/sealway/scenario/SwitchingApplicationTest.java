package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.Sealway;
import dev.sealway.application.Residence;
import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.SwitchingApplication;
import dev.sealway.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One deployment of an application that serves requests through every phase, and back. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class SwitchingApplicationTest {

    private static final String TABLES = """
            tables:
              public.people:
                columns:
                  email: { search: { normalizer: email, accept-leakage: "few rows" } }
                  balance: {}
            """;
    private static final int REQUESTS = 25;

    /** A phase, and where every instance knows values to live some time after it. */
    private record Step(Runnable work, Residence residence) {}

    @Test
    void readsNothingWrongFromBeforeExpandToAfterTheDropAndBack(TestDatabase database) throws Exception {
        SwitchingApplication.createPeople(database, 200);
        Life life = Life.of(database, TABLES);
        List<Sealway> instances = List.of(instance(life), instance(life));
        try (SwitchingApplication application = SwitchingApplication.start(database, instances, 2, 20261121)) {
            List<Step> steps = List.of(
                    new Step(life::expand, Residence.BOTH),
                    new Step(
                            () -> assertThat(life.sealway()
                                            .backfill(Selection.ALL)
                                            .passed())
                                    .isTrue(),
                            Residence.BOTH),
                    new Step(
                            () -> assertThat(
                                            life.sealway().verify(Selection.ALL).passed())
                                    .isTrue(),
                            Residence.BOTH),
                    new Step(() -> life.sealway().cutOver(Selection.ALL, Duration.ZERO), Residence.ENCRYPTED),
                    new Step(
                            () -> assertThat(
                                            life.sealway().verify(Selection.ALL).passed())
                                    .isTrue(),
                            Residence.ENCRYPTED),
                    new Step(() -> life.rehearse().contract(), Residence.ENCRYPTED),
                    new Step(() -> life.sealway().rollback(Selection.ALL), Residence.PLAINTEXT));
            application.await(REQUESTS);
            for (Step step : steps) {
                step.work().run();
                application.await(REQUESTS);
                application.awaitResidence(instances, step.residence());
            }
            application.stop();
            assertThat(application.wrong()).isEmpty();
            assertThat(application.errors()).isEmpty();
            assertThat(application.residences())
                    .containsExactlyInAnyOrder(Residence.PLAINTEXT, Residence.BOTH, Residence.ENCRYPTED);
            assertThat(application.rows(instance(life))).isEqualTo(application.memory());
        }
    }

    private static Sealway instance(Life life) {
        return Sealway.plan(life.plan())
                .environment(life.environment())
                .refresh(Duration.ofMillis(300))
                .on(life.database().dataSource());
    }
}
