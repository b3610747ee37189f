package dev.sealway.phase.backfill;

import dev.sealway.batch.FailedRow;
import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.jdbc.Transaction;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.FailedRows;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.Registry;
import java.util.Collection;

/** Writes into the ledger what a backfill came to. */
final class BackfillOutcome {

    private static final int KEPT_FAILURES = 1_000;

    private final Transaction tx;
    private final long runId;

    BackfillOutcome(Transaction tx, long runId) {
        this.tx = tx;
        this.runId = runId;
    }

    /** A column moves on only if none of its rows failed; one that was verified already stays so. */
    void record(WalkedTable table, long dirty, Collection<FailedRow> failures) {
        Registry registry = Registry.in(tx);
        for (WalkedColumn walked : table.columns()) {
            RegisteredColumn column = walked.registered();
            FailedRows rows = FailedRows.in(tx);
            rows.clear(column);
            failures.stream()
                    .filter(f -> f.column().equals(column.plaintext()))
                    .limit(KEPT_FAILURES)
                    .forEach(f -> rows.add(column, f.key(), f.reason()));
            registry.countedDirty(column, dirty);
            if (failures.isEmpty() && column.phase() == ColumnPhase.EXPANDED) {
                registry.moveTo(column, ColumnPhase.BACKFILLED, runId);
            }
        }
    }
}
