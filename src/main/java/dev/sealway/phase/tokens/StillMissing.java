package dev.sealway.phase.tokens;

import dev.sealway.batch.DirtyRows;
import dev.sealway.batch.TableTask;
import dev.sealway.batch.WalkedTable;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Transaction;

/** Rows lack the new token, and nothing was changed. */
final class StillMissing extends SealwayException {

    private static final long serialVersionUID = 1L;
    private static final long COUNTED = 10_000;

    private StillMissing(WalkedTable table, long rows) {
        super(
                Outcome.REFUSED,
                ("%d rows of %s (counted up to %d) lack the new search token of column %s, though they were just caught up"
                                + " with: an application writes only the old token, or a row cannot be opened. Nothing was"
                                + " changed; let every application write both tokens, then run 'sealway keys tokens start' and"
                                + " this again")
                        .formatted(
                                rows,
                                table.name(),
                                COUNTED,
                                table.columns().get(0).plaintext()));
    }

    /** @param table with one column */
    static void refuse(Transaction tx, WalkedTable table) {
        long rows = DirtyRows.countWalked(tx, TableTask.retokening(table.everywhere()), COUNTED);
        if (rows > 0) {
            throw new StillMissing(table, rows);
        }
    }
}
