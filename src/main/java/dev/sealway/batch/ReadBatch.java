package dev.sealway.batch;

import java.util.List;
import java.util.Optional;

/**
 * What one read found.
 *
 * @param rows with something to do
 * @param walked how many rows were passed, pending or not
 * @param lastKey the last row passed; empty if there was none
 * @param dense whether every row of the stretch was passed, so that its rows are neighbours
 * @param reachedEnd whether there was no further row when it was read
 */
record ReadBatch(List<ReadRow> rows, int walked, Optional<List<String>> lastKey, boolean dense, boolean reachedEnd) {

    /** Whether there is nothing more to read after this batch. */
    boolean endsRange() {
        return reachedEnd || lastKey.isEmpty();
    }
}
