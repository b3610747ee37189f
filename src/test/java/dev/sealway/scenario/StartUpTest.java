package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.Sealway;
import dev.sealway.application.Health;
import dev.sealway.application.Migration;
import dev.sealway.application.Stage;
import dev.sealway.application.StartUp;
import dev.sealway.error.SealwayException;
import dev.sealway.plan.Selection;
import dev.sealway.progress.Progress;
import dev.sealway.testing.Life;
import dev.sealway.testing.PausingBackfill;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Applications that migrate when they start. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class StartUpTest {

    private static final String TABLES = """
            tables:
              public.people:
                columns:
                  email: { search: { normalizer: email, accept-leakage: "few rows" } }
            """;
    private static final int ROWS = 60;
    private static final Duration LONG = Duration.ofMinutes(2);

    @BeforeEach
    void createsPeople(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE people (id bigint PRIMARY KEY, email text)",
                "INSERT INTO people SELECT g, 'a' || g || '@b.c' FROM generate_series(1, %d) g".formatted(ROWS));
    }

    private static Sealway.Builder application(Life life) {
        return Sealway.plan(life.plan())
                .environment(life.environment())
                .batchSize(10)
                .lease(Duration.ofSeconds(2));
    }

    @Test
    void doesWhatIsLeftAndNothingTwice(TestDatabase database) throws SQLException {
        Life life = Life.of(database, TABLES);
        Sealway sealway = application(life).on(database.dataSource());
        try (Migration first = sealway.migrate(StartUp.inline().upTo(Stage.VIEWS))) {
            assertThat(first.health().state()).isEqualTo(Health.State.DONE);
            assertThat(first.health().tables())
                    .containsExactly(
                            new Health.Table(life.plan().tables().get(0).name(), "verified", 100, 0));
        }
        assertThat(sealed(database)).isEqualTo(ROWS);
        String runs = database.value("SELECT count(*) FROM sealway.run");
        try (Migration second = sealway.migrate(StartUp.inline().upTo(Stage.VIEWS))) {
            assertThat(second.health().isWell()).isTrue();
        }
        assertThat(database.value("SELECT count(*) FROM sealway.run"))
                .isEqualTo(runs)
                .isEqualTo("4");
        assertThat(database.value("SELECT count(*) FROM people_sealed")).isEqualTo(String.valueOf(ROWS));
    }

    @Test
    void startsInFourInstancesAtOnce(TestDatabase database) throws Exception {
        Life life = Life.of(database, TABLES);
        CyclicBarrier together = new CyclicBarrier(4);
        ExecutorService instances = Executors.newFixedThreadPool(4);
        try {
            List<Future<Health>> started = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                boolean waits = i % 2 == 0;
                started.add(instances.submit(() -> {
                    together.await();
                    try (Migration migration = application(life)
                            .on(database.dataSource())
                            .migrate(waits ? StartUp.inline() : StartUp.background())) {
                        assertThat(migration.awaitEnd(LONG)).isTrue();
                        return migration.health();
                    }
                }));
            }
            for (Future<Health> one : started) {
                assertThat(one.get().details()).containsEntry("state", "DONE").doesNotContainKey("failure");
            }
        } finally {
            instances.shutdownNow();
        }
        assertThat(sealed(database)).isEqualTo(ROWS);
        assertThat(database.value("SELECT string_agg(DISTINCT outcome, ',') FROM sealway.run"))
                .isEqualTo("done");
    }

    @Test
    void servesWhileABackfillGoesOnAndStopsItWithTheApplication(TestDatabase database) throws Exception {
        Life life = Life.of(database, TABLES);
        CountDownLatch underWay = new CountDownLatch(3);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        Progress slow = new Progress() {
            @Override
            public void committed(String work, long walked, long written) {
                underWay.countDown();
                if (underWay.getCount() == 0) {
                    await(mayGoOn);
                }
            }
        };
        Migration migration =
                application(life).progress(slow).on(database.dataSource()).migrate(StartUp.background());
        underWay.await();
        Health health = migration.health();
        assertThat(health.state()).isEqualTo(Health.State.RUNNING);
        assertThat(health.tables()).singleElement().satisfies(t -> {
            assertThat(t.phase()).isEqualTo("expanded");
            assertThat(t.percent()).isBetween(1.0, 99.0);
        });
        Thread closing = new Thread(migration::close);
        closing.start();
        mayGoOn.countDown();
        closing.join();
        assertThat(migration.health().state()).isEqualTo(Health.State.STOPPED);
        assertThat(sealed(database)).isLessThan(ROWS);

        try (Migration next = application(life).on(database.dataSource()).migrate(StartUp.background())) {
            assertThat(next.awaitEnd(LONG)).isTrue();
            assertThat(next.health().state()).isEqualTo(Health.State.DONE);
        }
        assertThat(sealed(database)).isEqualTo(ROWS);
    }

    @Test
    void takesOverFromAnInstanceThatWasKilled(TestDatabase database) throws Exception {
        Life life = Life.of(database, TABLES).expand();
        try (PausingBackfill killed = PausingBackfill.startWithLease(life, TABLES, 2, 2000);
                Migration migration =
                        application(life).on(database.dataSource()).migrate(StartUp.background())) {
            assertThat(migration.health().state()).isEqualTo(Health.State.RUNNING);
            killed.kill();
            assertThat(migration.awaitEnd(LONG)).isTrue();
            assertThat(migration.health().details()).containsEntry("state", "DONE");
        }
        assertThat(sealed(database)).isEqualTo(ROWS);
    }

    @Test
    void tellsOfAFailureAndGoesOnWhenItsCauseIsGone(TestDatabase database) throws Exception {
        database.execute("ALTER TABLE people ADD phone text");
        Life life = Life.of(database, """
                tables:
                  public.people:
                    columns: { phone: { search: { normalizer: e164, accept-leakage: "few rows" } } }
                """).expand();
        database.execute("UPDATE people SET phone = 'CANARY' WHERE id = 7");
        try (Migration migration = application(life).on(database.dataSource()).migrate(StartUp.background())) {
            while (migration.health().isWell()) {
                Thread.sleep(20);
            }
            assertThat(migration.health().failure().orElseThrow())
                    .contains("rows could not be encrypted, in public.people")
                    .doesNotContain("CANARY");
            database.execute("UPDATE people SET phone = '+49 30 123456' WHERE id = 7");
            assertThat(migration.awaitEnd(LONG)).isTrue();
            assertThat(migration.health().state()).isEqualTo(Health.State.DONE);
        }
    }

    @Test
    void requiresABackfillThatWasDoneElsewhere(TestDatabase database) {
        Life life = Life.of(database, TABLES);
        Sealway sealway = application(life).on(database.dataSource());
        assertThatThrownBy(() -> sealway.migrate(StartUp.parse("require")))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("backfill");
        sealway.backfill(Selection.ALL);
        try (Migration migration = sealway.migrate(StartUp.parse("require"))) {
            assertThat(migration.health().tables()).singleElement().satisfies(t -> assertThat(t.phase())
                    .isEqualTo("backfilled"));
        }
        assertThatThrownBy(() -> StartUp.parse("later"))
                .hasMessage("sealway.backfill is 'later'; say inline, require or background");
    }

    private static long sealed(TestDatabase database) throws SQLException {
        return Long.parseLong(
                String.valueOf(database.value("SELECT count(*) FROM people WHERE email_encrypted IS NOT NULL")));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
