package dev.sealway.phase.contract;

import dev.sealway.batch.FailedRow;
import dev.sealway.batch.WalkedTable;
import dev.sealway.error.SealwayException;
import java.util.List;
import java.util.stream.Collectors;

/** Drops nothing while a row cannot be encrypted. */
final class FailureGate {

    /** Rows that are named one by one in a message. */
    static final int NAMED_ROWS = 20;

    private FailureGate() {}

    /** @throws SealwayException naming the first of {@code failures}, if there are any */
    static void requireNone(WalkedTable table, List<FailedRow> failures) {
        if (!failures.isEmpty()) {
            throw SealwayException.refused(
                    "%d rows of %s cannot be encrypted, so nothing is dropped; correct them and run it again: %s"
                            .formatted(
                                    failures.size(),
                                    table.name(),
                                    failures.stream()
                                            .limit(NAMED_ROWS)
                                            .map(FailedRow::words)
                                            .collect(Collectors.joining("; "))));
        }
    }
}
