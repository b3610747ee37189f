package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.phase.backfill.BackfillReport;
import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.Sabotage;
import dev.sealway.testing.Sabotage.Harm;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sessions that are ended, and answers that are lost, at each statement of a backfill. */
@ExtendWith(PostgresExtension.class)
class LostConnectionTest {

    private static final String TABLES = """
            tables:
              public.people:
                columns: { email: { search: { normalizer: exact } } }
            """;

    private static final int ROWS = 200;

    @BeforeEach
    void createsPeople(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE people (id bigint PRIMARY KEY, email text)",
                "INSERT INTO people SELECT g, CASE WHEN g % 10 > 0 THEN 'a' || g END FROM generate_series(1, 200) g");
    }

    @Test
    @Tag("slow")
    void survivesTheEndOfItsSessionAtEveryKindOfStatement(TestDatabase database) throws Exception {
        Life life = Life.of(database, TABLES).batchesOf(30).expand();
        Set<String> kinds = Collections.synchronizedSet(new LinkedHashSet<>());
        backfill(life, database, statement -> {
            // the watch looks by the clock: what it says in one run it may not say in the next
            if (!Thread.currentThread().getName().equals("sealway-watch")) {
                kinds.add(kind(statement));
            }
            return Harm.NONE;
        });
        assertThat(kinds).hasSizeGreaterThan(20);
        for (String kind : List.copyOf(kinds)) {
            beginAnew(life, database);
            AtomicInteger met = new AtomicInteger();
            BackfillReport report = backfill(
                    life,
                    database,
                    statement -> kind(statement).equals(kind) && met.incrementAndGet() == 1 ? Harm.ENDED : Harm.NONE);
            assertThat(met.get()).as(kind).isPositive();
            assertThat(report.passed()).as(kind).isTrue();
            assertSealed(life, database, kind);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, SELECT 1", "4, CREATE INDEX ON people (email)"})
    void survivesTheLossOfTheAnswerToEachCommitOfABatch(int partsOfABatch, String first, TestDatabase database)
            throws Exception {
        database.execute(first);
        Life life = Life.of(database, TABLES).batchesOf(30).expand();
        AtomicInteger lost = new AtomicInteger();
        BackfillReport report = backfill(life, database, losingTheAnswersToBatches(lost));
        assertThat(lost.get()).isGreaterThanOrEqualTo(7 * partsOfABatch);
        assertThat(report.tables().get(0).walked()).isEqualTo(ROWS);
        assertThat(report.tables().get(0).written()).isEqualTo(180);
        assertThat(database.value("SELECT rows_done || ' ' || rows_skipped FROM sealway.checkpoint"))
                .isEqualTo("200 0");
        assertSealed(life, database, "commit");
    }

    @Test
    void countsWhatTheCatchUpWroteAlthoughTheAnswerWasLost(TestDatabase database) throws Exception {
        Life life = Life.of(database, TABLES).batchesOf(30).expand();
        life.sealway().backfill(Selection.ALL);
        database.execute("UPDATE people SET email = 'b' || id WHERE id % 10 = 1");
        AtomicInteger lost = new AtomicInteger();
        BackfillReport report = backfill(life, database, losingTheAnswersToBatches(lost));
        assertThat(lost.get()).isPositive();
        assertThat(report.tables().get(0).caughtUp()).isEqualTo(20);
        assertSealed(life, database, "commit of the catch-up");
    }

    private static Sabotage.Saboteur losingTheAnswersToBatches(AtomicInteger lost) {
        ThreadLocal<Boolean> batch = ThreadLocal.withInitial(() -> false);
        return statement -> {
            if (statement.contains("WITH v AS")) {
                batch.set(true);
            }
            if (!statement.equals(Sabotage.COMMIT) || !batch.get()) {
                return Harm.NONE;
            }
            batch.set(false);
            lost.incrementAndGet();
            return Harm.ANSWER_LOST;
        };
    }

    /** Names hold the numbers of what was registered anew. */
    private static String kind(String whole) {
        String statement = whole.replaceAll("\\d+", "#");
        return statement.substring(0, Math.min(90, statement.length()));
    }

    private static BackfillReport backfill(Life life, TestDatabase database, Sabotage.Saboteur saboteur) {
        try {
            return life.through(new Sabotage(database, saboteur).dataSource())
                    .sealway()
                    .backfill(Selection.ALL);
        } finally {
            life.through(database.dataSource());
        }
    }

    private static void beginAnew(Life life, TestDatabase database) throws SQLException {
        life.sealway().rollback(Selection.ALL);
        life.expand();
    }

    private static void assertSealed(Life life, TestDatabase database, String when) throws SQLException {
        assertThat(life.sealway().verify(Selection.ALL).passed()).as(when).isTrue();
        assertThat(database.value("SELECT count(*) FROM people WHERE email_encrypted IS NOT NULL"))
                .as(when)
                .isEqualTo("180");
        assertThat(database.value("SELECT outcome FROM sealway.run WHERE verb = 'backfill' ORDER BY id DESC LIMIT 1"))
                .as(when)
                .isEqualTo("done");
    }
}
