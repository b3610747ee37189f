package dev.sealway.batch;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row as a backup holds it. No record: it is plaintext. */
public final class HeldRow {

    private final List<String> key;
    private final byte[] @Nullable [] values;

    /**
     * @param key the text of each row key column
     * @param values per column of the table that is restored, which this then owns; null where the value is null
     */
    public HeldRow(List<String> key, byte[] @Nullable [] values) {
        this.key = List.copyOf(key);
        this.values = values;
    }

    List<String> key() {
        return key;
    }

    byte @Nullable [] value(int column) {
        return values[column];
    }

    /** Zeroes every value. */
    public void forget() {
        for (byte[] value : values) {
            if (value != null) {
                Arrays.fill(value, (byte) 0);
            }
        }
    }
}
