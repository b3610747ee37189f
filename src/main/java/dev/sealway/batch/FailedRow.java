package dev.sealway.batch;

import dev.sealway.jdbc.Identifier;
import java.util.List;

/**
 * A row that could not be sealed or written, named by its key.
 *
 * @param key the text of each row key column
 * @param column the column it failed at
 * @param reason in words that quote no value
 */
public record FailedRow(List<String> key, Identifier column, String reason) {

    /** {@code row (17, 3), column phone: …}. */
    public String words() {
        return "row (%s), column %s: %s".formatted(String.join(", ", key), column, reason);
    }
}
