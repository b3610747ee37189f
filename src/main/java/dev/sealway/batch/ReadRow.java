package dev.sealway.batch;

import dev.sealway.crypto.Plaintext;
import java.util.List;
import java.util.Optional;

/**
 * A row as it was read, with the values that are to be sealed.
 *
 * @param key the text of each row key column
 * @param version the row's {@code xmin}
 * @param values per column of the walk; empty where there is nothing to seal
 */
record ReadRow(List<String> key, String version, List<Optional<Plaintext>> values) {

    boolean isDirty() {
        return values.stream().anyMatch(Optional::isPresent);
    }
}
