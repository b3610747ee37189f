package dev.sealway.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.config.Wiring;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Sql;
import dev.sealway.ledger.Checkpoint;
import dev.sealway.ledger.Work;
import dev.sealway.phase.verify.VerifyReport;
import dev.sealway.plan.Selection;
import dev.sealway.progress.Progress;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import dev.sealway.testing.Walks;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two clauses that keep a row from becoming stale, each taken away in turn: then the race is lost. */
@ExtendWith(PostgresExtension.class)
class InterleavingTest {

    private static final String TABLES = """
            tables:
              public.people:
                columns: { email: {} }
            """;

    /** The statement that makes a batch be written in one transaction, or in several. */
    private static final String ONE = "SELECT 1";

    private static final String SEVERAL = "CREATE INDEX ON people (id)";

    @BeforeEach
    void createsPeople(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE people (id bigint PRIMARY KEY, email text)",
                "INSERT INTO people SELECT g, 'a' || g FROM generate_series(1, 20) g");
    }

    @ParameterizedTest
    @ValueSource(strings = {ONE, SEVERAL})
    @DisplayName("T01 with guard and compare-and-set, a write between sealing and writing is caught up")
    void catchesUpWithAWriteBetweenSealingAndWriting(String first, TestDatabase database) throws Exception {
        database.execute(first);
        Life life = Life.of(database, TABLES).expand();
        WalkedTable table = Walks.table(life, "people");
        walk(database, table, new BatchSql(TableTask.sealing(table)));
        assertThat(database.value("SELECT email_encrypted IS NULL FROM people WHERE id = 7"))
                .isEqualTo("t");
        life.sealway().backfill(Selection.ALL);
        assertThat(verify(life).proven()).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {ONE, SEVERAL})
    @DisplayName("T01 without the compare-and-set, the same write leaves a stale row")
    void leavesAStaleRowWithoutTheCompareAndSet(String first, TestDatabase database) throws Exception {
        database.execute(first);
        Life life = Life.of(database, TABLES).expand();
        WalkedTable table = Walks.table(life, "people");
        walk(database, table, new BatchSql(TableTask.sealing(table)) {
            @Override
            Sql sameVersion() {
                return Sql.of("true");
            }
        });
        life.sealway().backfill(Selection.ALL);
        VerifyReport.Column column = verify(life);
        assertThat(column.passed()).isFalse();
        assertThat(column.examples())
                .singleElement()
                .asString()
                .contains("row (7)")
                .doesNotContain("changed");
    }

    @Test
    @DisplayName("T01 without the guard, a later write leaves a stale row")
    void leavesAStaleRowWithoutTheGuard(TestDatabase database) throws Exception {
        Life life = Life.of(database, TABLES).expand();
        life.sealway().backfill(Selection.ALL);
        database.execute("ALTER TABLE people DISABLE TRIGGER \"~sealway_guard\"");
        database.execute("UPDATE people SET email = 'changed' WHERE id = 7");
        database.execute("ALTER TABLE people ENABLE ALWAYS TRIGGER \"~sealway_guard\"");
        assertThat(verify(life).mismatched()).isEqualTo(1);

        database.execute("UPDATE people SET email_encrypted = NULL WHERE id = 7");
        life.sealway().backfill(Selection.ALL);
        assertThat(verify(life).proven())
                .as("after the cure that the how-to names")
                .isEqualTo(20);

        database.execute("UPDATE people SET email = 'changed again' WHERE id = 7");
        assertThat(database.value("SELECT email_encrypted IS NULL FROM people WHERE id = 7"))
                .isEqualTo("t");
    }

    @Test
    @DisplayName("T06 a batch is refused when the guard is gone in the middle of the walk")
    void refusesABatchWhenTheGuardIsGone(TestDatabase database) throws Exception {
        Life life = Life.of(database, TABLES).expand();
        WalkedTable table = Walks.table(life, "people");
        WalkSettings settings = Wiring.settings(Progress.NONE, 5).withListener(new WalkListener() {
            @Override
            public void committed(int rows) {
                run(database, "DROP TRIGGER IF EXISTS \"~sealway_guard\" ON people");
            }
        });
        assertThatThrownBy(() -> new TableWalk(Database.of(database.dataSource()), TableTask.sealing(table), settings)
                        .toTheEnd(Checkpoint.wholeTable(table.registered().id(), Work.BACKFILL, 1, 20)))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("guard of public.people is missing");
        assertThat(database.value("SELECT count(*) FROM people WHERE email_encrypted IS NOT NULL"))
                .isEqualTo("5");
    }

    private static void walk(TestDatabase database, WalkedTable table, BatchSql sql) {
        WalkListener writing = new WalkListener() {
            @Override
            public void sealed(int rows) {
                run(database, "UPDATE people SET email = 'changed' WHERE id = 7");
            }
        };
        WalkSettings settings =
                Wiring.settings(Progress.NONE, 100).withListener(writing).withLeastAtOnce(1);
        new TableWalk(Database.of(database.dataSource()), settings, new BatchStages(settings, sql))
                .toTheEnd(Checkpoint.wholeTable(table.registered().id(), Work.BACKFILL, 1, 20));
    }

    private static void run(TestDatabase database, String sql) {
        try {
            database.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static VerifyReport.Column verify(Life life) {
        return life.sealway().verify(Selection.ALL).tables().get(0).columns().get(0);
    }
}
