package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.batch.WalkListener;
import dev.sealway.config.Wiring;
import dev.sealway.crypto.KeyBundle;
import dev.sealway.error.SealwayException;
import dev.sealway.error.SealwayException.Outcome;
import dev.sealway.phase.backfill.BackfillReport;
import dev.sealway.plan.Selection;
import dev.sealway.progress.Progress;
import dev.sealway.testing.Life;
import dev.sealway.testing.PausingBackfill;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import dev.sealway.testing.Walks;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A backfill that is killed in the middle of a batch. */
@ExtendWith(PostgresExtension.class)
class KillTest {

    private static final String TABLES = """
            tables:
              public.people:
                columns: { email: { search: { normalizer: exact } } }
            """;

    @BeforeEach
    void createsPeople(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE people (tenant text, id bigint, email text, PRIMARY KEY (tenant, id))",
                "INSERT INTO people SELECT 't' || g % 3, g, 'a' || g FROM generate_series(1, 1000) g");
    }

    @Test
    @DisplayName("T04 a killed backfill goes on after its last committed batch")
    void resumesAfterTheLastCommittedBatch(TestDatabase database) throws Exception {
        Life life = Life.of(database, TABLES).batchesOf(50).expand();
        try (PausingBackfill killed = PausingBackfill.start(life, TABLES, 8)) {
            assertThat(sealed(database)).isEqualTo("350");
            assertThatThrownBy(() -> life.sealway().backfill(Selection.ALL))
                    .isInstanceOfSatisfying(
                            SealwayException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.REFUSED))
                    .hasMessageContaining("another run of Sealway works on public.people");
            killed.kill();
        }
        BackfillReport.Table resumed = PausingBackfill.whenFree(
                        () -> life.sealway().backfill(Selection.ALL))
                .tables()
                .get(0);
        assertThat(resumed.written()).isEqualTo(650);
        assertThat(resumed.walked()).isEqualTo(1000);
        assertThat(life.sealway()
                        .verify(Selection.ALL)
                        .tables()
                        .get(0)
                        .columns()
                        .get(0)
                        .proven())
                .isEqualTo(1000);
        assertThat(database.value(
                        "SELECT string_agg(outcome, ',' ORDER BY id) FROM sealway.run WHERE verb = 'backfill'"))
                .isEqualTo("abandoned,done");
    }

    @Test
    void goesOnInNewSessionsAfterEveryOneOfThemWasEnded(TestDatabase database) throws Exception {
        Life life = Life.of(database, TABLES).batchesOf(50).expand();
        AtomicInteger batches = new AtomicInteger();
        WalkListener vanishing = new WalkListener() {
            @Override
            public void sealed(int rows) {
                if (batches.incrementAndGet() % 5 == 0) {
                    run(
                            database,
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                    + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
                }
            }
        };
        KeyBundle keys = Walks.keys(life);
        BackfillReport report = Wiring.wire(
                        Life.plan(TABLES),
                        () -> keys,
                        database.dataSource(),
                        Wiring.settings(Progress.NONE, 50).withListener(vanishing))
                .backfill(Selection.ALL);
        assertThat(report.passed()).isTrue();
        assertThat(report.tables().get(0).written()).isEqualTo(1000);
        assertThat(life.sealway().verify(Selection.ALL).passed()).isTrue();
        assertThat(sealed(database)).isEqualTo("1000");
    }

    private static void run(TestDatabase database, String sql) {
        try {
            database.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sealed(TestDatabase database) throws SQLException {
        return database.value("SELECT count(*) FROM people WHERE email_encrypted IS NOT NULL");
    }
}
