package dev.sealway.ledger;

import java.util.List;

/**
 * A row that changed since verify began.
 *
 * @param rowKey the text forms of the row key's columns, in order
 */
public record RecheckEntry(long id, List<String> rowKey) {

    public RecheckEntry {
        rowKey = List.copyOf(rowKey);
    }

    /** Without the row key, which may be personal. */
    @Override
    public String toString() {
        return "RecheckEntry[%d]".formatted(id);
    }
}
