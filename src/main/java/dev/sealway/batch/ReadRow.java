package dev.sealway.batch;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row as it was read, with the values that are to be worked on. No record: it may hold plaintext. */
final class ReadRow {

    private final List<String> key;
    private final String version;
    private final byte[] @Nullable [] values;

    /**
     * @param key the text of each row key column
     * @param version the row's {@code xmin}
     * @param values per column of the walk, which this then owns; null where there is nothing to do
     */
    ReadRow(List<String> key, String version, byte[] @Nullable [] values) {
        this.key = List.copyOf(key);
        this.version = version;
        this.values = values;
    }

    List<String> key() {
        return key;
    }

    String version() {
        return version;
    }

    /** The value of a column of the walk, not a copy; null where there is nothing to do, or where it is forgotten. */
    byte @Nullable [] value(int column) {
        return values[column];
    }

    boolean isPending() {
        for (byte[] value : values) {
            if (value != null) {
                return true;
            }
        }
        return false;
    }

    /** Zeroes every value and lets go of it: a row waits to be written for longer than its values are of use. */
    void forget() {
        for (int c = 0; c < values.length; c++) {
            byte[] value = values[c];
            if (value != null) {
                Arrays.fill(value, (byte) 0);
                values[c] = null;
            }
        }
    }
}
