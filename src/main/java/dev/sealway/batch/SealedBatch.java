package dev.sealway.batch;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A batch that was worked on and waits to be written.
 *
 * @param rows to be written
 * @param failures rows that could not be worked on, and stay pending
 * @param read what it was made from; its values are zeroed
 */
record SealedBatch(List<SealedRow> rows, List<FailedRow> failures, ReadBatch read) {

    private static final byte[][] NOTHING = {};

    /** Zeroes every outcome, which in reverse is plaintext. */
    void forget() {
        for (SealedRow row : rows) {
            for (Optional<byte[][]> outcomes : row.outcomes()) {
                for (byte[] outcome : outcomes.orElse(NOTHING)) {
                    zero(outcome);
                }
            }
        }
    }

    private static void zero(byte @Nullable [] outcome) {
        if (outcome != null) {
            Arrays.fill(outcome, (byte) 0);
        }
    }

    /** @param outcomes per column of the walk what goes into each column it writes; empty where there was nothing to do */
    record SealedRow(List<String> key, String version, List<Optional<byte[][]>> outcomes) {}
}
