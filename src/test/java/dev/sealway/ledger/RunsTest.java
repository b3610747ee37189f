package dev.sealway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class RunsTest {

    private LedgerFixture ledger;

    @BeforeEach
    void installsTheLedger(TestDatabase test) throws SQLException {
        ledger = new LedgerFixture(test);
    }

    private static long begin(Session session) {
        return session.inTransaction(
                TransactionSettings.writing(), "beginning", tx -> Runs.in(tx).begin("backfill", "alphapulse"));
    }

    private List<Run> latest() {
        return ledger.reading(tx -> Runs.in(tx).latest("alphapulse", 5));
    }

    @Test
    void recordsWhoDidWhatAndHowItEnded() {
        try (Session session = ledger.database().open()) {
            long id = begin(session);
            assertThat(latest()).singleElement().satisfies(run -> {
                assertThat(run.id()).isEqualTo(id);
                assertThat(run.verb()).isEqualTo("backfill");
                assertThat(run.actor()).isNotEmpty();
                assertThat(run.outcome()).isEqualTo(RunOutcome.RUNNING);
                assertThat(run.endedAt()).isEmpty();
            });
            ledger.write(tx -> Runs.in(tx).end(id, RunOutcome.REFUSED, "3 rows are dirty"));
            ledger.write(tx -> Runs.in(tx).end(id, RunOutcome.DONE, ""));
        }
        assertThat(latest()).singleElement().satisfies(run -> {
            assertThat(run.outcome()).isEqualTo(RunOutcome.REFUSED);
            assertThat(run.detail()).isEqualTo("3 rows are dirty");
            assertThat(run.endedAt()).isPresent();
        });
    }

    @Test
    void knowsARunThatWasKilledFromOneThatStillRuns(TestDatabase test) throws Exception {
        long killed;
        try (Session living = ledger.database().open()) {
            long running = begin(living);
            try (Session dying = ledger.database().open()) {
                killed = begin(dying);
                assertThat(ledger.<Integer>writing(tx -> Runs.in(tx).markAbandoned()))
                        .isZero();
            }
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (test.openSessions().size() > 1 && System.nanoTime() < deadline) {
                Thread.sleep(10);
            }
            assertThat(ledger.<Integer>writing(tx -> Runs.in(tx).markAbandoned()))
                    .isEqualTo(1);
            assertThat(latest())
                    .extracting(Run::id, Run::outcome)
                    .containsExactly(tuple(killed, RunOutcome.ABANDONED), tuple(running, RunOutcome.RUNNING));
        }
    }
}
