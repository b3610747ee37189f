package dev.sealway.batch;

import dev.sealway.crypto.Plaintext;
import java.util.List;
import java.util.Optional;

/** A row as it was read, with the values that are to be sealed. No record: it holds plaintext. */
final class ReadRow {

    private final List<String> key;
    private final String version;
    private final List<Optional<Plaintext>> values;

    /**
     * @param key the text of each row key column
     * @param version the row's {@code xmin}
     * @param values per column of the walk; empty where there is nothing to seal
     */
    ReadRow(List<String> key, String version, List<Optional<Plaintext>> values) {
        this.key = List.copyOf(key);
        this.version = version;
        this.values = List.copyOf(values);
    }

    List<String> key() {
        return key;
    }

    String version() {
        return version;
    }

    List<Optional<Plaintext>> values() {
        return values;
    }

    boolean isDirty() {
        return values.stream().anyMatch(Optional::isPresent);
    }

    /** Zeroes every value. */
    void forget() {
        values.forEach(v -> v.ifPresent(Plaintext::close));
    }
}
