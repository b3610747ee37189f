package dev.sealway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.jdbc.Sql;
import dev.sealway.plan.Binding;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class CheckpointsTest {

    private LedgerFixture ledger;
    private long table;

    @BeforeEach
    void registersATable(TestDatabase test) throws SQLException {
        ledger = new LedgerFixture(test);
        table = ledger.register(Binding.COLUMN, "email").id();
    }

    private Checkpoint start() {
        return ledger.writing(tx -> Checkpoints.in(tx).start(Checkpoint.wholeTable(table, Work.BACKFILL, 1, 100)));
    }

    @Test
    void takesAWalkUpWhereItStands() {
        Checkpoint begun = start();
        assertThat(begun.last()).isEmpty();
        Checkpoint later = begun.past(List.of("we\"ird, {}", "", "NULL"), 10, 2, 1);
        ledger.write(tx -> Checkpoints.in(tx).advance(begun, later));
        assertThat(start()).isEqualTo(later);
        assertThat(start().last()).contains(List.of("we\"ird, {}", "", "NULL"));
    }

    @Test
    void isTakenBackTogetherWithItsRows(TestDatabase test) throws SQLException {
        Checkpoint begun = start();
        assertThatThrownBy(() -> ledger.write(tx -> {
                    tx.execute(Sql.of("INSERT INTO public.users (id) VALUES (1)"));
                    Checkpoints.in(tx).advance(begun, begun.past(List.of("1"), 1, 0, 0));
                    throw new IllegalStateException("killed before the commit");
                }))
                .hasMessage("killed before the commit");
        assertThat(test.value("SELECT count(*) FROM users")).isEqualTo("0");
        assertThat(start()).isEqualTo(begun);
    }

    @Test
    void refusesTwoWalkersOfOneRange() {
        Checkpoint begun = start();
        ledger.write(tx -> Checkpoints.in(tx).advance(begun, begun.past(List.of("5"), 5, 0, 0)));
        assertThatThrownBy(
                        () -> ledger.write(tx -> Checkpoints.in(tx).advance(begun, begun.past(List.of("7"), 7, 0, 0))))
                .hasMessageContaining("has moved")
                .hasMessageContaining("nothing was written");
        assertThat(start().rowsDone()).isEqualTo(5);
    }

    @Test
    void keepsNoRowKeyAfterTheWalk(TestDatabase test) throws SQLException {
        String canary = "CANARY-ann@example.org";
        Checkpoint beginning = Checkpoint.wholeTable(table, Work.BACKFILL, 1, 0)
                .ofRange(0, Optional.of(List.of(canary)), Optional.of(List.of(canary, canary)), 100);
        ledger.write(tx -> {
            Checkpoints checkpoints = Checkpoints.in(tx);
            Checkpoint begun = checkpoints.start(beginning);
            Checkpoint end = checkpoints.advance(begun, begun.past(List.of(canary), 90, 7, 1));
            assertThat(end.toString()).doesNotContain("CANARY");
            Checkpoint finished = checkpoints.finish(end);
            assertThat(finished.finished()).isTrue();
            assertThat(finished.rowsTotal()).isEqualTo(98);
        });
        assertThat(test.rows("SELECT * FROM sealway.checkpoint").toString()).doesNotContain("CANARY");
        Checkpoint again = start();
        assertThat(again.finished()).isTrue();
        assertThat(again.last()).isEmpty();
    }

    @Test
    void walksRangesApartAndForgetsAChangeAlone() {
        ledger.write(tx -> {
            Checkpoints checkpoints = Checkpoints.in(tx);
            checkpoints.start(Checkpoint.wholeTable(table, Work.BACKFILL, 1, 0)
                    .ofRange(1, Optional.of(List.of("50")), Optional.empty(), 50));
            checkpoints.start(Checkpoint.wholeTable(table, Work.BACKFILL, 1, 0)
                    .ofRange(0, Optional.empty(), Optional.of(List.of("50")), 50));
            checkpoints.start(Checkpoint.wholeTable(table, Work.BACKFILL, 2, 9));
            assertThat(checkpoints.of(table, Work.BACKFILL, 1))
                    .extracting(Checkpoint::range)
                    .containsExactly(0, 1);
            checkpoints.reset(table, Work.BACKFILL, 1);
            assertThat(checkpoints.of(table, Work.BACKFILL, 1)).isEmpty();
            assertThat(checkpoints.of(table, Work.BACKFILL, 2)).hasSize(1);
        });
    }
}
