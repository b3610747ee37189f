package dev.sealway.batch;

import dev.sealway.batch.SealedBatch.SealedRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * In which order the rows of a batch are written, and how many in one transaction. Immutable.
 *
 * <p>Where a table has several indexes, every fourth row of the batch goes into one transaction, then every fourth from the
 * second row on, and so on: each page then has room for the later rows in what the earlier ones left dead, so that the table
 * grows less, and fewer rows need new entries in the indexes (heap-only tuples).
 */
final class WriteOrder {

    private static final int WAYS = 4;

    private final List<SealedRow> rows;
    private final int atOnce;
    private final Optional<Stretch> whole;

    private WriteOrder(List<SealedRow> rows, int atOnce, Optional<Stretch> whole) {
        this.rows = rows;
        this.atOnce = atOnce;
        this.whole = whole;
    }

    /** All at once. */
    static WriteOrder plain(SealedBatch batch) {
        return new WriteOrder(batch.rows(), Math.max(1, batch.rows().size()), stretch(batch));
    }

    /** Whether the batch is a stretch of neighbours, and large enough to be written in transactions of so many rows. */
    static boolean canInterleave(SealedBatch batch, int leastAtOnce) {
        return batch.read().dense() && batch.rows().size() >= (long) WAYS * leastAtOnce;
    }

    /** Every fourth row. */
    static WriteOrder interleaved(SealedBatch batch) {
        List<SealedRow> rows = batch.rows();
        List<SealedRow> ordered = new ArrayList<>(rows.size());
        for (int way = 0; way < WAYS; way++) {
            for (int i = way; i < rows.size(); i += WAYS) {
                ordered.add(rows.get(i));
            }
        }
        return new WriteOrder(ordered, (rows.size() + WAYS - 1) / WAYS, stretch(batch));
    }

    private static Optional<Stretch> stretch(SealedBatch batch) {
        return batch.read().dense() ? Stretch.of(batch.rows()) : Optional.empty();
    }

    List<SealedRow> rows() {
        return rows;
    }

    /** How many rows go into one transaction at most. */
    int atOnce() {
        return atOnce;
    }

    /** The stretch to read for so many rows of the batch; empty where it is cheaper to look for each. */
    Optional<Stretch> stretchOf(List<SealedRow> part) {
        return whole.filter(s -> (long) part.size() * WAYS >= rows.size());
    }

    /** From a row key to another, both inclusive, each as the text of its columns. */
    record Stretch(List<String> first, List<String> last) {

        /** @param rows in key order; none have no stretch */
        static Optional<Stretch> of(List<SealedRow> rows) {
            return rows.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Stretch(
                            rows.get(0).key(), rows.get(rows.size() - 1).key()));
        }
    }
}
