package dev.sealway.batch;

import dev.sealway.guard.GuardedColumn;
import dev.sealway.guard.GuardedColumn.Authority;
import dev.sealway.guard.LegacyWatch;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Transaction;
import dev.sealway.ledger.LegacyWrites;
import dev.sealway.ledger.RegisteredTable;
import java.util.List;

/**
 * Keeps the watch for legacy writers over exactly the columns whose plaintext is authoritative. Its triggers name columns, so
 * it is taken away before a column is dropped and put back in the same transaction, without a gap. Bound to one transaction.
 */
public final class LegacyWatching {

    private final Transaction tx;
    private final LegacyWatch watch;
    private final boolean stood;

    private LegacyWatching(Transaction tx, LegacyWatch watch, boolean stood) {
        this.tx = tx;
        this.watch = watch;
        this.stood = stood;
    }

    /** @param tx holds a lock on the table that keeps writers out, or gets one by this */
    public static LegacyWatching suspend(Transaction tx, long tableId, QualifiedName table) {
        LegacyWatch watch = new LegacyWatch(tableId, table);
        boolean stood = watch.isArmed(tx);
        watch.disarm(tx);
        return new LegacyWatching(tx, watch, stood);
    }

    /** Goes on over what is left of the table; where there was no watch before, there is none now. */
    public void resume(RegisteredTable left) {
        if (stood) {
            start(left);
        }
    }

    /** Sets the watch, whether there was one or not. */
    public void start(RegisteredTable table) {
        List<GuardedColumn> dual = WalkedTable.guarded(table).stream()
                .filter(c -> c.authority() == Authority.PLAINTEXT)
                .toList();
        if (dual.isEmpty()) {
            LegacyWrites.in(tx).forget(table.id());
            return;
        }
        watch.arm(tx, dual);
        LegacyWrites.in(tx)
                .armed(table, dual.stream().map(c -> c.plaintext().name()).toList(), stood);
    }
}
