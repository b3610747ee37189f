package dev.sealway.proof;

import dev.sealway.jdbc.Identifier;
import java.util.List;

/**
 * A row whose encrypted column does not hold what its plaintext says; named by its key, never by its value.
 *
 * @param key the text of each row key column
 * @param column the plaintext column
 */
public record Mismatch(List<String> key, Identifier column, Kind kind) {

    /** What does not fit. */
    public enum Kind {
        OTHER_VALUE("decrypts to another value than the plaintext"),
        DOES_NOT_OPEN("does not decrypt: altered, sealed under another key, or moved here from another column or row"),
        OTHER_TOKEN("has a search token that is not the one of its value"),
        NO_TOKEN("has no search token"),
        ONLY_ENCRYPTED("has an encrypted value but no plaintext: some writer fills only the encrypted column"),
        NOT_NORMALIZABLE("has a value that its normaliser cannot take");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** {@code row (17), column email: decrypts to another value than the plaintext}. */
    public String words() {
        return "row (%s), column %s: %s".formatted(String.join(", ", key), column, kind.words());
    }
}
