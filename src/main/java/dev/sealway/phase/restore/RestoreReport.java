package dev.sealway.phase.restore;

import dev.sealway.plan.TableName;
import java.util.List;

/**
 * What a restore did with the values of a backup.
 *
 * @param columns that were looked at
 * @param left columns whose plaintext is still there: a backfill seals them from it
 * @param rows of the backup
 * @param restoredRows rows with a value that was put back
 * @param restored values that were put back
 * @param kept values whose ciphertext opens, whatever it holds: an application may have written it since
 * @param emptied values that the row does not have any more, and that were not asked for
 * @param missing values of rows that are there no more
 * @param busyRows rows that changed or were held while they were to be written; run it again for these
 */
public record RestoreReport(
        TableName table,
        List<String> columns,
        List<String> left,
        long rows,
        long restoredRows,
        long restored,
        long kept,
        long emptied,
        long missing,
        long busyRows) {

    public RestoreReport {
        columns = List.copyOf(columns);
        left = List.copyOf(left);
    }

    /** Whether nothing is left to be put back. */
    public boolean passed() {
        return busyRows == 0;
    }
}
