package dev.sealway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.plan.Binding;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class StatusTest {

    private LedgerFixture ledger;
    private RegisteredTable table;
    private RegisteredColumn email;

    @BeforeEach
    void expandsAColumn(TestDatabase test) throws SQLException {
        ledger = new LedgerFixture(test);
        table = ledger.register(Binding.COLUMN, "email");
        email = ledger.expand(table.columns().get(0));
    }

    private ColumnStatus status() {
        List<ColumnStatus> columns = ledger.reading(tx -> Status.in(tx).columns());
        assertThat(columns).hasSize(1);
        return columns.get(0);
    }

    private Checkpoint walked() {
        Checkpoint begun = ledger.writing(
                tx -> Checkpoints.in(tx).start(Checkpoint.wholeTable(table.id(), Work.BACKFILL, 1, 100)));
        return ledger.writing(tx -> Checkpoints.in(tx).advance(begun, begun.past(List.of("40"), 35, 4, 1)));
    }

    private static void pretendItTookTenSeconds(TestDatabase test) throws SQLException {
        test.execute("UPDATE sealway.checkpoint SET resumed_at = updated_at - interval '10 s'");
    }

    @Test
    void showsExactlyTheColumnsThatPeopleWerePromised(TestDatabase test) throws SQLException {
        assertThat(test.value("""
                SELECT string_agg(attname, ', ' ORDER BY attnum) FROM pg_attribute
                 WHERE attrelid = 'sealway.encryption_migrations'::regclass AND attnum > 0"""))
                .isEqualTo("table_name, column_name, phase, rows_total, rows_done, rows_dirty, rows_failed, percent,"
                        + " rows_per_second, time_left");
    }

    @Test
    void saysNothingOfAWalkThatHasNotBegun() {
        ColumnStatus status = status();
        assertThat(status.table()).isEqualTo("public.users");
        assertThat(status.column()).isEqualTo("email");
        assertThat(status.phase()).isEqualTo(ColumnPhase.EXPANDED);
        assertThat(status.rowsTotal()).isEmpty();
        assertThat(status.rowsDirty()).isEmpty();
        assertThat(status.percent()).isZero();
        assertThat(status.rowsPerSecond()).isEmpty();
        assertThat(status.timeLeft()).isEmpty();
    }

    @Test
    void showsAWalkWhileItsNextBatchIsUnderWay(TestDatabase test) throws SQLException {
        Checkpoint at = walked();
        pretendItTookTenSeconds(test);
        ledger.write(tx -> FailedRows.in(tx).add(email, List.of("7"), "unparseable"));
        try (Session backfill = ledger.database().open()) {
            ColumnStatus seen = backfill.inTransaction(TransactionSettings.writing(), "writing a batch", tx -> {
                Checkpoints.in(tx).advance(at, at.past(List.of("90"), 50, 0, 0));
                return status();
            });
            assertThat(seen.rowsTotal()).isEqualTo(OptionalLong.of(100));
            assertThat(seen.rowsDone()).isEqualTo(35);
            assertThat(seen.rowsFailed()).isEqualTo(1);
            assertThat(seen.percent()).isEqualTo(40.0);
            assertThat(seen.rowsPerSecond()).isEqualTo(OptionalDouble.of(4.0));
            assertThat(seen.timeLeft()).contains(Duration.ofSeconds(15));
        }
    }

    @Test
    void leavesThePauseBetweenTwoRunsOutOfTheRate(TestDatabase test) throws SQLException {
        Checkpoint at = walked();
        test.execute("UPDATE sealway.checkpoint SET started_at = started_at - interval '1 day',"
                + " resumed_at = resumed_at - interval '1 day', updated_at = updated_at - interval '1 day'");
        ledger.write(tx -> Checkpoints.in(tx).start(Checkpoint.wholeTable(table.id(), Work.BACKFILL, 1, 100)));
        assertThat(status().rowsPerSecond()).isEmpty();
        ledger.write(tx -> Checkpoints.in(tx).advance(at, at.past(List.of("60"), 20, 0, 0)));
        pretendItTookTenSeconds(test);
        assertThat(status().rowsPerSecond()).isEqualTo(OptionalDouble.of(2.0));
        assertThat(status().timeLeft()).contains(Duration.ofSeconds(20));
    }

    @Test
    void neverSaysAHundredPercentBeforeTheEnd() {
        Checkpoint at = walked();
        ledger.write(tx -> Checkpoints.in(tx).advance(at, at.past(List.of("900"), 500, 0, 0)));
        assertThat(status().percent()).isEqualTo(99.9);
    }

    @Test
    void showsAFinishedWalkWithWhatIsStillDirty() {
        Checkpoint at = walked();
        ledger.write(tx -> Checkpoints.in(tx).finish(at));
        assertThat(status().rowsTotal()).isEqualTo(OptionalLong.of(40));
        assertThat(status().rowsDone()).isEqualTo(35);
        assertThat(status().percent()).isEqualTo(87.5);
        assertThat(status().timeLeft()).contains(Duration.ZERO);
        ledger.write(tx -> Registry.in(tx).countedDirty(email, 0));
        ledger.move(email, ColumnPhase.BACKFILLED);
        assertThat(status().rowsDone()).isEqualTo(40);
        assertThat(status().rowsDirty()).isEqualTo(OptionalLong.of(0));
        assertThat(status().percent()).isEqualTo(100.0);
    }

    @Test
    void callsAnEmptyTableDone() {
        ledger.write(tx -> {
            Checkpoints checkpoints = Checkpoints.in(tx);
            checkpoints.finish(checkpoints.start(Checkpoint.wholeTable(table.id(), Work.BACKFILL, 1, -1)));
        });
        assertThat(status().percent()).isEqualTo(100.0);
        assertThat(status().rowsTotal()).isEqualTo(OptionalLong.of(0));
    }
}
