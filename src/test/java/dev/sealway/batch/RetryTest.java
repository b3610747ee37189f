package dev.sealway.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Database;
import dev.sealway.ledger.Checkpoint;
import dev.sealway.ledger.Work;
import dev.sealway.patience.Patience;
import dev.sealway.plan.Selection;
import dev.sealway.progress.Progress;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import dev.sealway.testing.Walks;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Batches that meet a lock or a time limit. */
@ExtendWith(PostgresExtension.class)
class RetryTest {

    private static final String TABLES = """
            tables:
              public.people:
                columns: { email: {} }
            """;

    private final List<Long> batches = new ArrayList<>();

    @BeforeEach
    void createsPeople(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE people (id bigint PRIMARY KEY, email text)",
                "INSERT INTO people SELECT g, 'a' || g FROM generate_series(1, 400) g");
    }

    @Test
    @Tag("slow")
    void halvesABatchUntilItIsQuickEnoughForItsTimeLimit(TestDatabase database) throws Exception {
        Life life = Life.of(database, TABLES).expand();
        database.execute("""
                CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS
                  $$ BEGIN PERFORM pg_sleep(0.02); RETURN NEW; END $$""", "CREATE TRIGGER a_dawdle BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION dawdle()");
        TableWalk.Result result = walk(life, settings(100, 8, Duration.ofSeconds(1)));
        assertThat(result.written()).isEqualTo(400);
        assertThat(result.walked()).isEqualTo(400);
        assertThat(batches).as("what was read later is smaller, too").anyMatch(rows -> rows < 100);
    }

    @Test
    void goesOnOnceALockOnTheTableIsGone(TestDatabase database) throws Exception {
        Life life = Life.of(database, TABLES).expand();
        try (Connection other = database.connect();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE people IN SHARE MODE");
            Thread letsGo = new Thread(() -> {
                try {
                    Thread.sleep(400);
                    other.commit();
                } catch (SQLException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            letsGo.start();
            TableWalk.Result result = walk(life, settings(100, 100, Duration.ofSeconds(30)));
            letsGo.join();
            assertThat(result.written()).isEqualTo(400);
        }
        assertThat(database.value("SELECT rows_done || ' ' || rows_skipped FROM sealway.checkpoint"))
                .isEqualTo("400 0");
    }

    @Test
    void endsAndSaysHowToGoOnWhenALockDoesNotGoAway(TestDatabase database) throws Exception {
        Life life = Life.of(database, TABLES).expand();
        try (Connection other = database.connect();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE people IN SHARE MODE");
            assertThatThrownBy(() -> walk(life, settings(100, 3, Duration.ofSeconds(30))))
                    .isInstanceOf(SealwayException.class)
                    .hasMessage("writing a batch of public.people failed: a lock was not granted within lock_timeout"
                            + " (SQLSTATE 55P03); it was tried 3 times in a row, the last time with 25 rows. Everything"
                            + " committed stays; run 'sealway backfill' again, which continues")
                    .hasNoCause();
            other.rollback();
        }
        assertThat(life.sealway().backfill(Selection.ALL).passed()).isTrue();
    }

    private WalkSettings settings(int batch, int attempts, Duration statementTimeout) {
        Progress progress = new Progress() {
            @Override
            public void committed(String work, long walked, long written) {
                batches.add(walked);
            }
        };
        return new WalkSettings(
                batch,
                Duration.ofMillis(50),
                statementTimeout,
                new Patience(attempts, Duration.ofMillis(5), Duration.ofMillis(50), () -> 0),
                progress,
                WalkListener.NONE);
    }

    private static TableWalk.Result walk(Life life, WalkSettings settings) {
        WalkedTable table = Walks.table(life, "people");
        return new TableWalk(Database.of(life.database().dataSource()), TableTask.sealing(table), settings)
                .toTheEnd(Checkpoint.wholeTable(table.registered().id(), Work.BACKFILL, 1, 400));
    }
}
