package dev.sealway.batch;

import java.util.List;
import java.util.Optional;

/**
 * A batch that was worked on and waits to be written.
 *
 * @param rows to be written
 * @param failures rows that could not be worked on, and stay pending
 * @param read what it was made from; its values are zeroed
 */
record SealedBatch(List<SealedRow> rows, List<FailedRow> failures, ReadBatch read) {

    /** @param outcomes per column of the walk what goes into each column it writes; empty where there was nothing to do */
    record SealedRow(List<String> key, String version, List<Optional<byte[][]>> outcomes) {}
}
