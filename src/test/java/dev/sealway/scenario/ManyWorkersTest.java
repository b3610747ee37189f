package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.batch.WalkListener;
import dev.sealway.batch.WalkSettings;
import dev.sealway.config.Wiring;
import dev.sealway.phase.backfill.BackfillReport;
import dev.sealway.phase.verify.VerifyReport;
import dev.sealway.plan.Selection;
import dev.sealway.progress.Progress;
import dev.sealway.testing.Life;
import dev.sealway.testing.PausingBackfill;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import dev.sealway.testing.Walks;
import dev.sealway.workflow.RunTarget;
import dev.sealway.workflow.Workflow;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A table that is walked by several workers, each on a range of its own. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class ManyWorkersTest {

    private static final String TABLES = """
            tables:
              public.people:
                columns:
                  email: { search: { normalizer: email, accept-leakage: "few rows" } }
            """;
    private static final int ROWS = 3_000;
    private static final int BATCH = 50;

    private static Life people(TestDatabase database, String key, String value) throws SQLException {
        database.execute(
                "CREATE TABLE people (%s, email text)".formatted(key),
                "INSERT INTO people SELECT %s, 'a' || g || '@b.c' FROM generate_series(1, %d) g"
                        .formatted(value, ROWS));
        return Life.of(database, TABLES).expand();
    }

    private static Workflow workflow(Life life, int workers, WalkListener listener) {
        return workflow(life, workers, BATCH, listener);
    }

    private static Workflow workflow(Life life, int workers, int batch, WalkListener listener) {
        var keys = Walks.keys(life);
        WalkSettings settings = Wiring.settings(Progress.NONE, batch)
                .withWorkers(workers)
                .withListener(listener)
                .withLeastAtOnce(1);
        return Wiring.wire(life.plan(), () -> keys, life.database().dataSource(), settings);
    }

    private static String ranges(TestDatabase database) throws SQLException {
        return database.value(
                "SELECT count(*) || ' ' || count(*) FILTER (WHERE finished) || ' ' || sum(rows_done) FROM sealway.checkpoint");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "id bigint PRIMARY KEY; g",
                "id bigint PRIMARY KEY; CASE WHEN g < 2900 THEN g ELSE g::bigint * 1000000000 END",
                "id uuid PRIMARY KEY; gen_random_uuid()",
                "id text COLLATE \"C\" PRIMARY KEY; md5(g::text)",
                "tenant int, name text, id int, PRIMARY KEY (tenant, name, id); g % 3, 'n' || g % 7, g"
            })
    void cutsEveryKindOfKeyEvenly(String key, String value, TestDatabase database) throws Exception {
        Life life = people(database, key, value);
        database.execute("CREATE INDEX ON people (email)");
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch three = new CountDownLatch(3);
        WalkListener together = new WalkListener() {
            @Override
            public void sealed(int rows) {
                if (isWorker() && threads.add(Thread.currentThread())) {
                    three.countDown();
                }
                await(three);
            }
        };
        assertThat(workflow(life, 3, together).backfill(Selection.ALL).passed()).isTrue();
        assertThat(threads).hasSize(3);
        assertThat(ranges(database)).isEqualTo("12 12 " + ROWS);
        assertThat(database.value("SELECT max(rows_done) < 3 * min(rows_done) FROM sealway.checkpoint"))
                .isEqualTo("t");
        assertThat(life.sealway().verify(Selection.ALL).passed()).isTrue();
    }

    /** Catch-up is the caller's. */
    private static boolean isWorker() {
        return Thread.currentThread().getName().equals("sealway-walk");
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("the workers never came together");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void goesOnInTheRangesOfARunThatDied(TestDatabase database) throws Exception {
        Life life = people(database, "id bigint PRIMARY KEY", "g");
        AtomicInteger batches = new AtomicInteger();
        WalkListener dying = new WalkListener() {
            @Override
            public void sealed(int rows) {
                if (batches.incrementAndGet() == 20) {
                    throw new IllegalStateException("killed");
                }
            }
        };
        assertThatThrownBy(() -> workflow(life, 3, dying).backfill(Selection.ALL))
                .hasMessage("killed");
        assertThat(ranges(database)).startsWith("12 ");
        int unfinished = Integer.parseInt(
                database.value("SELECT count(*) FROM sealway.checkpoint WHERE NOT finished AND rows_done > 0"));
        assertThat(unfinished).isPositive();
        long done = Long.parseLong(database.value("SELECT sum(rows_done) FROM sealway.checkpoint"));
        assertThat(database.value("SELECT count(email_encrypted) FROM people")).isEqualTo(Long.toString(done));

        batches.set(-1_000_000);
        var report = workflow(life, 1, dying).backfill(Selection.ALL).tables().get(0);
        assertThat(report.written()).isEqualTo(ROWS - done);
        assertThat(report.walked()).isEqualTo(ROWS);
        assertThat(ranges(database)).isEqualTo("12 12 " + ROWS);
        assertThat(life.sealway().verify(Selection.ALL).passed()).isTrue();
    }

    @Test
    @DisplayName("T04 a backfill of three workers that was killed goes on in its ranges with two")
    void goesOnInTheRangesOfAProcessThatWasKilled(TestDatabase database) throws Exception {
        int rows = 60_000;
        database.execute(
                "CREATE TABLE people (id bigint PRIMARY KEY, email text)",
                "INSERT INTO people SELECT g, 'a' || g || '@b.c' FROM generate_series(1, %d) g".formatted(rows),
                "ANALYZE people");
        Life life = Life.of(database, TABLES).expand();
        // more batches than a range has
        try (PausingBackfill killed = PausingBackfill.startWithWorkers(life, TABLES, 120, 3)) {
            killed.kill();
        }
        awaitNoSessions(database);
        long done = Long.parseLong(database.value("SELECT sum(rows_done) FROM sealway.checkpoint"));
        assertThat(done).isBetween(110L * BATCH, (long) rows - 1);
        assertThat(database.value("SELECT count(email_encrypted) FROM people")).isEqualTo(Long.toString(done));
        assertThat(database.value("SELECT count(*) > 1 FROM sealway.checkpoint WHERE rows_done > 0"))
                .isEqualTo("t");

        BackfillReport.Table resumed = PausingBackfill.whenFree(
                        () -> workflow(life, 2, 700, WalkListener.NONE).backfill(Selection.ALL))
                .tables()
                .get(0);
        assertThat(resumed.written()).isEqualTo(rows - done);
        assertThat(resumed.walked()).isEqualTo(rows);
        assertThat(ranges(database)).isEqualTo("12 12 " + rows);
        assertThat(database.value("SELECT count(*) FROM people WHERE email_encrypted IS NULL OR email_search IS NULL"))
                .isEqualTo("0");
        VerifyReport.Column column =
                life.sealway().verify(Selection.ALL).tables().get(0).columns().get(0);
        assertThat(column.passed()).isTrue();
        assertThat(column.proven()).isEqualTo(rows);
        assertThat(database.value("SELECT row_count FROM sealway.evidence WHERE chunk_no = -1"))
                .isEqualTo(Integer.toString(rows));
        assertThat(life.sealway().evidence(Selection.ALL).isUnchanged()).isTrue();
    }

    /** What the dead process had sent may still be done. */
    private static void awaitNoSessions(TestDatabase database) throws SQLException {
        while (!database.openSessions().isEmpty()) {
            sleep(50);
        }
    }

    @Test
    void endsAPausedRunWhenItsThreadIsInterrupted(TestDatabase database) throws Exception {
        Life life = people(database, "id bigint PRIMARY KEY", "g");
        AtomicReference<Thread> first = new AtomicReference<>();
        CountDownLatch paused = new CountDownLatch(1);
        WalkListener pausing = new WalkListener() {
            @Override
            public void sealed(int rows) {
                // the run listens to words once in a second
                sleep(500);
            }

            @Override
            public void committed(int rows) {
                if (first.compareAndSet(null, Thread.currentThread())) {
                    life.sealway().runs().pause(RunTarget.THE_ONLY_ONE);
                    paused.countDown();
                }
            }
        };
        Thread caller = Thread.currentThread();
        Thread interrupter = new Thread(() -> {
            await(paused);
            sleep(3_000);
            caller.interrupt();
        });
        interrupter.start();
        try {
            assertThatThrownBy(() -> workflow(life, 3, pausing).backfill(Selection.ALL))
                    .hasMessageContaining("interrupted");
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            awaitEnd(interrupter);
        }
        assertThat(database.value("SELECT count(*) FROM sealway.checkpoint WHERE NOT finished"))
                .isNotEqualTo("0");
        assertThat(workflow(life, 2, WalkListener.NONE).backfill(Selection.ALL).passed())
                .isTrue();
        assertThat(ranges(database)).isEqualTo("12 12 " + ROWS);
    }

    /** Its interrupt must not reach the next test. */
    private static void awaitEnd(Thread interrupter) {
        while (interrupter.isAlive()) {
            Thread.interrupted();
            Thread.onSpinWait();
        }
        Thread.interrupted();
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void walksAPartitionedTableAndWhatThePlanLeavesOfIt(TestDatabase database) throws Exception {
        database.execute(
                "CREATE TABLE people (id int, region text COLLATE \"und-x-icu\", email text, PRIMARY KEY (region, id)) PARTITION BY LIST (region)",
                "CREATE TABLE people_n PARTITION OF people FOR VALUES IN ('Nörd', 'nord')",
                "CREATE TABLE people_s PARTITION OF people DEFAULT",
                "INSERT INTO people SELECT g, (ARRAY['Nörd','nord','süd','Sud','ost'])[1 + g %% 5], 'a' || g || '@b.c' FROM generate_series(1, %d) g"
                        .formatted(ROWS));
        Life life = Life.of(database, TABLES.replace("    columns:", "    where: \"id % 10 <> 3\"\n    columns:"))
                .expand();
        assertThat(workflow(life, 3, WalkListener.NONE).backfill(Selection.ALL).passed())
                .isTrue();
        assertThat(ranges(database)).isEqualTo("10 10 " + ROWS * 9 / 10);
        assertThat(database.value("SELECT count(email_encrypted) FROM people"))
                .isEqualTo(Integer.toString(ROWS * 9 / 10));
    }

    @Test
    void leavesSmallTablesToOne(TestDatabase database) throws Exception {
        Life life = people(database, "id bigint PRIMARY KEY", "g");
        database.execute("DELETE FROM people WHERE id > 400");
        assertThat(workflow(life, 3, WalkListener.NONE).backfill(Selection.ALL).passed())
                .isTrue();
        assertThat(ranges(database)).isEqualTo("1 1 400");
    }
}
