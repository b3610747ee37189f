package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.batch.WalkListener;
import dev.sealway.config.Wiring;
import dev.sealway.control.LeaseHeldException;
import dev.sealway.control.LostLeaseException;
import dev.sealway.control.RunTerms;
import dev.sealway.error.SealwayException;
import dev.sealway.error.SealwayException.Outcome;
import dev.sealway.plan.Selection;
import dev.sealway.progress.Progress;
import dev.sealway.testing.Life;
import dev.sealway.testing.PausingBackfill;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import dev.sealway.testing.Walks;
import dev.sealway.workflow.Workflow;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One runner at a time, also when one of them stands still or dies. */
@ExtendWith(PostgresExtension.class)
class LeaseTest {

    private static final String TABLES = """
            tables:
              public.people:
                columns: { email: {} }
            """;

    private static final String SEALED = "SELECT count(*) FROM people WHERE email_encrypted IS NOT NULL";

    @BeforeEach
    void createsPeople(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE people (id bigint PRIMARY KEY, email text)",
                "INSERT INTO people SELECT g, 'a' || g FROM generate_series(1, 300) g");
    }

    @Test
    @DisplayName("T04 a second runner is refused with the name of the first, and how to go on")
    void refusesASecondRunnerWithTheNameOfTheFirst(TestDatabase database) throws Exception {
        Life life = Life.of(database, TABLES).expand();
        workflow(life, database, batch -> {
                    if (batch == 2) {
                        assertThatThrownBy(() -> life.sealway().backfill(Selection.ALL))
                                .isInstanceOfSatisfying(LeaseHeldException.class, e -> assertThat(e.outcome())
                                        .isEqualTo(Outcome.REFUSED))
                                .hasMessageContainingAll(
                                        "another run of Sealway works on public.people: run ",
                                        "(backfill) of %s@".formatted(System.getProperty("user.name")),
                                        "process %d, since "
                                                .formatted(
                                                        ProcessHandle.current().pid()),
                                        "its lease lasts until ",
                                        "'sealway cancel --run ");
                    }
                })
                .backfill(Selection.ALL);
        assertThat(database.value(SEALED)).isEqualTo("300");
        assertThat(database.value("SELECT string_agg(outcome, ',') FROM sealway.run WHERE verb = 'backfill'"))
                .as("a refused one is not written down")
                .isEqualTo("done");
        assertThat(database.value("SELECT released_at IS NOT NULL FROM sealway.lease"))
                .isEqualTo("t");
    }

    @Test
    @DisplayName("T04 a runner that stood still while another took over writes nothing when it wakes")
    void writesNothingAfterAnotherTookOver(TestDatabase database) throws Exception {
        Life life = Life.of(database, TABLES).batchesOf(50).expand();
        try (PausingBackfill old = PausingBackfill.startWithLease(life, TABLES, 3, 1500)) {
            old.freeze();
            assertThat(database.value(SEALED)).isEqualTo("100");
            backfillOnceTheLeaseIsOver(life);
            assertThat(database.value(SEALED)).isEqualTo("300");
            database.execute("UPDATE people SET email = 'changed' WHERE id BETWEEN 101 AND 150");
            assertThat(old.thaw())
                    .contains("has lost its lease on public.people", "another run took over")
                    .doesNotContain("changed");
        }
        assertThat(database.value(SEALED)).as("what the old one held back").isEqualTo("250");
        assertThat(database.value(
                        "SELECT string_agg(outcome, ',' ORDER BY id) FROM sealway.run WHERE verb = 'backfill'"))
                .isEqualTo("failed,done");
        assertThat(database.value("SELECT fence FROM sealway.lease")).isEqualTo("4");
        assertThat(database.value("SELECT body FROM sealway.audit WHERE event = 'lease.taken_over'"))
                .contains("\"table\":\"public.people\"", "\"former_run\":2");
    }

    @Test
    void refusesEveryWriteOfARunWhoseFenceIsNotTheCurrentOne(TestDatabase database) throws Exception {
        Life life = Life.of(database, TABLES).expand();
        Workflow robbed = workflow(life, database, batch -> {
            if (batch == 3) {
                run(database, "UPDATE sealway.lease SET fence = fence + 1");
            }
        });
        assertThatThrownBy(() -> robbed.backfill(Selection.ALL))
                .isInstanceOf(LostLeaseException.class)
                .hasMessageContaining("Nothing more was written by this one");
        assertThat(database.value(SEALED)).isEqualTo("100");
        assertThat(database.value("SELECT rows_done FROM sealway.checkpoint")).isEqualTo("100");
        run(database, "UPDATE sealway.lease SET released_at = now()");
        assertThat(life.sealway().backfill(Selection.ALL).passed()).isTrue();
    }

    @Test
    void waitsForTheEndOfTheLeaseOfARunThatLostItsSession(TestDatabase database) throws Exception {
        Life life = Life.of(database, TABLES).expand();
        run(database, """
                INSERT INTO sealway.run (verb, plan, backend_pid) VALUES ('backfill', 'test', 1);
                UPDATE sealway.lease SET released_at = NULL, expires_at = clock_timestamp() + interval '700 ms',
                       host = 'elsewhere', process = 42, run_id = (SELECT max(id) FROM sealway.run)""");
        assertThat(life.sealway().backfill(Selection.ALL).passed()).isTrue();
        assertThat(life.told()).anySatisfy(told -> assertThat(told)
                .contains("@elsewhere, process 42 has lost its session", "waited for"));
        assertThat(database.value("SELECT outcome FROM sealway.run WHERE backend_pid = 1"))
                .isEqualTo("abandoned");
    }

    @Test
    void renewsItsLeaseWhileAStatementTakesLongerThanTheLease(TestDatabase database) throws Exception {
        Life life = Life.of(database, TABLES).expand();
        Workflow slow = workflow(life, database, batch -> {
            if (batch == 2) {
                run(database, "SELECT pg_sleep(1.2)");
                assertThatThrownBy(() -> life.sealway().backfill(Selection.ALL)).isInstanceOf(LeaseHeldException.class);
            }
        });
        assertThat(slow.backfill(Selection.ALL).passed()).isTrue();
    }

    private static Workflow workflow(Life life, TestDatabase database, Consumer<Integer> sealedBatch) {
        int[] batches = new int[1];
        WalkListener listener = new WalkListener() {
            @Override
            public void sealed(int rows) {
                sealedBatch.accept(++batches[0]);
            }
        };
        var keys = Walks.keys(life);
        return Wiring.wire(
                life.plan(),
                () -> keys,
                database.dataSource(),
                Wiring.settings(Progress.NONE, 50).withListener(listener),
                RunTerms.USUAL.withLease(Duration.ofMillis(400)));
    }

    private static void backfillOnceTheLeaseIsOver(Life life) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                life.sealway().backfill(Selection.ALL);
                return;
            } catch (SealwayException e) {
                if (e.outcome() != Outcome.REFUSED || attempt >= 100) {
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }

    private static void run(TestDatabase database, String sql) {
        try {
            database.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
