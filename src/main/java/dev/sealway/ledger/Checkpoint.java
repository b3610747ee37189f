package dev.sealway.ledger;

import java.util.List;
import java.util.Optional;

/**
 * Where the walk of one range of a table's row keys stands. Row keys are the text forms of their columns, in order; a
 * finished checkpoint has none.
 *
 * @param work what the walk does
 * @param change the change of the plan whose columns are walked
 * @param range the number of the range, from 0
 * @param low where the range begins; empty for the table's beginning
 * @param high where the range ends; empty for the table's end
 * @param last the last row key that the walk passed, empty before the first batch
 * @param rowsDone rows that need nothing more
 * @param rowsSkipped rows that were locked or changed meanwhile and are left dirty
 * @param rowsFailed rows that could not be sealed
 * @param rowsTotal an estimate until the walk is finished
 */
public record Checkpoint(
        long tableId,
        Work work,
        int change,
        int range,
        Optional<List<String>> low,
        Optional<List<String>> high,
        Optional<List<String>> last,
        long rowsDone,
        long rowsSkipped,
        long rowsFailed,
        long rowsTotal,
        boolean finished) {

    public Checkpoint {
        low = low.map(List::copyOf);
        high = high.map(List::copyOf);
        last = last.map(List::copyOf);
    }

    /** The beginning of a walk over a whole table. */
    public static Checkpoint wholeTable(long tableId, Work work, int change, long rowsTotal) {
        return new Checkpoint(
                tableId,
                work,
                change,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                0,
                Math.max(rowsTotal, 0),
                false);
    }

    /** The same walk over one of the table's ranges. */
    public Checkpoint ofRange(int number, Optional<List<String>> from, Optional<List<String>> to, long rows) {
        return new Checkpoint(
                tableId, work, change, number, from, to, Optional.empty(), 0, 0, 0, Math.max(rows, 0), false);
    }

    /** After a batch that ended at {@code last}; the counts are those of the batch. */
    public Checkpoint past(List<String> last, long done, long skipped, long failed) {
        return new Checkpoint(
                tableId,
                work,
                change,
                range,
                low,
                high,
                Optional.of(last),
                rowsDone + done,
                rowsSkipped + skipped,
                rowsFailed + failed,
                rowsTotal,
                false);
    }

    /** Without the row keys, which may be personal. */
    @Override
    public String toString() {
        return "Checkpoint[%s of table %d, change %d, range %d: %d done, %d skipped, %d failed of %d%s]"
                .formatted(
                        work.word(),
                        tableId,
                        change,
                        range,
                        rowsDone,
                        rowsSkipped,
                        rowsFailed,
                        rowsTotal,
                        finished ? ", finished" : "");
    }
}
