package dev.sealway.batch;

import java.util.List;
import java.util.Optional;

/**
 * A batch whose values are sealed and which waits to be written.
 *
 * @param rows to be written
 * @param failures rows that could not be sealed, and stay dirty
 * @param read what it was made from; its plaintexts are zeroed
 */
record SealedBatch(List<SealedRow> rows, List<FailedRow> failures, ReadBatch read) {

    /** @param values per column of the walk; empty where there was nothing to seal */
    record SealedRow(List<String> key, String version, List<Optional<WalkedColumn.Sealed>> values) {}
}
