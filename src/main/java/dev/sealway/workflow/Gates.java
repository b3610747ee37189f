package dev.sealway.workflow;

import dev.sealway.error.SealwayException;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.RegisteredColumn;
import java.util.List;
import java.util.stream.Collectors;

/** Refuses a phase whose time has not come. */
final class Gates {

    private Gates() {}

    /**
     * The selected columns of a table that still have their plaintext, all of which are at least in {@code phase}.
     *
     * @param before the verb that brings a column there
     */
    static List<RegisteredColumn> requireAtLeast(ResolvedTable table, ColumnPhase phase, String before) {
        List<RegisteredColumn> early = table.withPlaintext().stream()
                .filter(c -> !c.phase().isAtLeast(phase))
                .toList();
        if (!early.isEmpty()) {
            throw SealwayException.refused("%s: not %s yet; run 'sealway %s' first"
                    .formatted(
                            early.stream()
                                    .map(c -> "column %s.%s is %s"
                                            .formatted(
                                                    table.live().name(),
                                                    c.plaintext(),
                                                    c.phase().word()))
                                    .collect(Collectors.joining(", ")),
                            phase.word(),
                            before));
        }
        return table.withPlaintext();
    }
}
