package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.Sealway;
import dev.sealway.control.RunCancelledException;
import dev.sealway.error.SealwayException;
import dev.sealway.error.SealwayException.Outcome;
import dev.sealway.phase.backfill.BackfillReport;
import dev.sealway.plan.Selection;
import dev.sealway.progress.Progress;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import dev.sealway.throttle.Limits;
import dev.sealway.workflow.RunTarget;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A backfill that is spoken to from elsewhere. */
@ExtendWith(PostgresExtension.class)
class RunControlTest {

    private static final String TABLES = """
            tables:
              public.people:
                columns: { email: {} }
            """;

    private final List<String> told = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void createsPeople(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE people (id bigint PRIMARY KEY, email text)",
                "INSERT INTO people SELECT g, 'a' || g FROM generate_series(1, 2000) g");
    }

    @Test
    @Tag("slow")
    void isPausedResumedCancelledAndRunAgain(TestDatabase database) throws Exception {
        Life life = Life.of(database, TABLES).expand();
        CompletableFuture<BackfillReport> run = slowBackfill(life, Limits.USUAL);
        await(() -> rows(database) > 0);
        assertThat(runs(life).pause(RunTarget.THE_ONLY_ONE).runs())
                .singleElement()
                .satisfies(r -> {
                    assertThat(r.verb()).isEqualTo("backfill");
                    assertThat(r.tables()).containsExactly("public.people");
                });
        await(() -> state(life).startsWith("paused by "));
        assertThat(state(life)).contains(" since ");
        long paused = settled(database);
        assertThat(paused).isLessThan(2000);
        assertThatThrownBy(() -> life.sealway().backfill(Selection.ALL))
                .as("a paused run keeps its tables")
                .isInstanceOfSatisfying(
                        SealwayException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.REFUSED));

        runs(life).resume(new RunTarget(OptionalLong.empty(), Optional.of("people")));
        await(() -> rows(database) > paused);
        assertThat(runs(life).cancel(RunTarget.THE_ONLY_ONE).done()).isEqualTo("cancelled");
        assertThatThrownBy(() -> run.get(1, TimeUnit.MINUTES))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(RunCancelledException.class)
                .hasMessageContaining("what is committed stays, and running the command again continues");
        assertThat(database.value("SELECT outcome FROM sealway.run WHERE verb = 'backfill'"))
                .isEqualTo("cancelled");
        assertThat(rows(database)).isLessThan(2000);
        assertThat(told).anySatisfy(t -> assertThat(t).contains("is paused by"));
        assertThat(database.rows("SELECT event FROM sealway.audit WHERE event LIKE 'run.%ed' ORDER BY seq"))
                .extracting(r -> r.get(0))
                .contains("run.paused", "run.resumed", "run.cancelled");

        assertThat(life.sealway().backfill(Selection.ALL).passed()).isTrue();
        assertThat(rows(database)).isEqualTo(2000);
        assertThat(life.sealway().verify(Selection.ALL).passed()).isTrue();
    }

    @Test
    @Tag("slow")
    void takesAnotherBatchSizeAndRateWhileItRuns(TestDatabase database) throws Exception {
        Life life = Life.of(database, TABLES).expand();
        CompletableFuture<BackfillReport> run = slowBackfill(life, Limits.USUAL);
        await(() -> rows(database) > 0);
        runs(life).tune(RunTarget.THE_ONLY_ONE, OptionalInt.of(7), OptionalInt.of(400), OptionalInt.of(1));
        assertThat(database.value("SELECT workers FROM sealway.run_control ORDER BY run_id DESC LIMIT 1"))
                .isEqualTo("1");
        await(() -> committedBatchOf(7));
        await(() -> state(life).equals("at most 400 rows per second"));
        runs(life).tune(RunTarget.THE_ONLY_ONE, OptionalInt.of(500), OptionalInt.of(0), OptionalInt.of(0));
        assertThat(database.value("SELECT workers IS NULL FROM sealway.run_control ORDER BY run_id DESC LIMIT 1"))
                .isEqualTo("t");
        await(() -> committedBatchOf(500) || run.isDone());
        assertThat(run.get(1, TimeUnit.MINUTES).passed()).isTrue();
        assertThat(rows(database)).isEqualTo(2000);
    }

    @Test
    @Tag("slow")
    void keepsTheRateThatItBeganWithUntilItIsToldAnother(TestDatabase database) throws Exception {
        Life life = Life.of(database, TABLES).expand();
        CompletableFuture<BackfillReport> run = start(life, 1000, b -> b.rowsPerSecond(10));
        await(() -> state(life).equals("at most 10 rows per second"));
        await(() -> !committed.isEmpty());
        assertThat(committed).allSatisfy(rows -> assertThat(rows).isLessThanOrEqualTo(10));
        // the rest would take more than three minutes
        runs(life).tune(RunTarget.THE_ONLY_ONE, OptionalInt.empty(), OptionalInt.of(0), OptionalInt.empty());
        assertThat(run.get(1, TimeUnit.MINUTES).passed()).isTrue();
        assertThat(rows(database)).isEqualTo(2000);
    }

    @Test
    void refusesToSpeakToARunThatIsNotThere(TestDatabase database) throws Exception {
        Life life = Life.of(database, TABLES);
        assertThatThrownBy(() -> runs(life).pause(RunTarget.THE_ONLY_ONE))
                .isInstanceOfSatisfying(
                        SealwayException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.REFUSED))
                .hasMessage("no such run of plan test is under way; 'sealway status' shows those that are");
        assertThat(runs(life).underWay().runs()).isEmpty();
    }

    @Test
    void endsWhenItsOwnProcessWantsIt(TestDatabase database) throws Exception {
        Life life = Life.of(database, TABLES).expand();
        Sealway stopping = Sealway.plan(life.plan())
                .environment(life.environment())
                .batchSize(100)
                .cancelledBy(() -> rows(database) >= 300)
                .on(database.dataSource());
        assertThatThrownBy(() -> stopping.backfill(Selection.ALL)).isInstanceOf(RunCancelledException.class);
        // of two workers one may be at another batch
        assertThat(rows(database)).isBetween(300L, 400L);
    }

    @Test
    @Tag("slow")
    void slowsDownForWalAndForSessionsThatWaitAndSaysSo(TestDatabase database) throws Exception {
        Life life = Life.of(database, TABLES).expand();
        database.execute("""
                CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS
                  $$ BEGIN IF NEW.id % 500 = 0 THEN PERFORM pg_sleep(1.5); END IF; RETURN NEW; END $$""", "CREATE TRIGGER a_dawdle BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION dawdle()");
        CompletableFuture<BackfillReport> run =
                start(life, 2000, Limits.NONE.withWaiting(0).withWalPerSecond(1));
        try (Connection waiting = database.connect();
                var statement = waiting.createStatement()) {
            await(() -> database.value("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'")
                    .equals("1"));
            statement.execute("SET session_replication_role = replica");
            statement.execute("UPDATE people SET email = email WHERE id = 1");
        }
        assertThat(run.get(1, TimeUnit.MINUTES).passed()).isTrue();
        assertThat(told).anySatisfy(t -> assertThat(t).contains("is slowed: ", "sessions waiting for a lock 1 > 0"));
        assertThat(told).anySatisfy(t -> assertThat(t).contains("is slowed: ", "WAL "));
        assertThat(life.sealway().verify(Selection.ALL).passed()).isTrue();
    }

    private final List<Long> committed = Collections.synchronizedList(new ArrayList<>());

    private boolean committedBatchOf(long rows) {
        return committed.contains(rows);
    }

    /** So slow that there is time to speak to it. */
    private CompletableFuture<BackfillReport> slowBackfill(Life life, Limits limits) {
        return start(life, 10, limits);
    }

    private CompletableFuture<BackfillReport> start(Life life, int batch, Limits limits) {
        return start(life, batch, b -> b.throttle(limits));
    }

    private CompletableFuture<BackfillReport> start(Life life, int batch, UnaryOperator<Sealway.Builder> terms) {
        Progress progress = new Progress() {
            @Override
            public void notice(String text) {
                told.add(text);
            }

            @Override
            public void committed(String work, long walked, long written) {
                committed.add(walked);
                sleep(20);
            }
        };
        Sealway sealway = terms.apply(Sealway.plan(life.plan())
                        .environment(life.environment())
                        .progress(progress)
                        .batchSize(batch))
                .on(life.database().dataSource());
        return CompletableFuture.supplyAsync(() -> sealway.backfill(Selection.ALL));
    }

    private static dev.sealway.workflow.RunsFlow runs(Life life) {
        return life.sealway().runs();
    }

    private static String state(Life life) {
        var runs = runs(life).underWay().runs();
        return runs.isEmpty() ? "" : runs.get(0).state();
    }

    private static long rows(TestDatabase database) {
        try {
            return Long.parseLong(
                    String.valueOf(database.value("SELECT count(*) FROM people WHERE email_encrypted IS NOT NULL")));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Once the batch that was being written when the word came has ended. */
    private static long settled(TestDatabase database) throws Exception {
        long[] seen = {-1};
        await(() -> {
            long before = seen[0];
            seen[0] = rows(database);
            database.execute("SELECT pg_sleep(0.3)");
            return before == seen[0];
        });
        return seen[0];
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        for (int look = 0; look < 1_200; look++) {
            if (condition.call()) {
                return;
            }
            sleep(50);
        }
        throw new AssertionError("it did not come to pass within a minute");
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
