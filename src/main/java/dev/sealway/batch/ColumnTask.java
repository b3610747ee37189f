package dev.sealway.batch;

import dev.sealway.crypto.Attempt;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import java.util.List;
import java.util.Optional;

/**
 * What a walk does with the values of one column: which it reads, what it makes of them, and where that goes.
 * Implementations are thread-safe.
 */
public interface ColumnTask {

    /** The column as people know it. */
    Identifier column();

    /** The columns that {@link #valueIn} and {@link #isPendingIn} look at. */
    List<Identifier> reads();

    /** The bytes to work on, in a row of the given alias. */
    Sql valueIn(Identifier row);

    /** True in SQL for a row of the given alias in which there is something to do. */
    Sql isPendingIn(Identifier row);

    /** Where the outcome goes. A row whose first outcome is null is left as it is. */
    List<WrittenColumn> writes();

    /**
     * The bytes of what was written into the first column of {@link #writes}, in a row of the given alias, where it must be
     * what was made: a trigger that changes a value in its own place has destroyed it, and the writer makes sure that none
     * did. Empty where a proof comes later.
     */
    default Optional<Sql> provenIn(Identifier row) {
        return Optional.empty();
    }

    /**
     * Works on many values, outside any transaction. The values are the caller's, who zeroes them afterwards.
     *
     * @param rowKeys of each value the text of its row key columns
     * @return as many attempts as values, in their order, each with one outcome per column of {@link #writes}
     */
    List<Attempt<byte[][]>> work(List<byte[]> values, List<List<String>> rowKeys);

    /** How many batches may usefully be under way at once. */
    default int concurrency() {
        return 1;
    }
}
