package dev.sealway.batch;

import java.util.List;
import java.util.Optional;

/**
 * A stretch of row keys, each key as the text of its columns.
 *
 * @param after exclusive; empty means from the first row
 * @param upTo inclusive; empty means to the last row
 */
public record KeyRange(Optional<List<String>> after, Optional<List<String>> upTo) {

    public static final KeyRange ALL = new KeyRange(Optional.empty(), Optional.empty());

    /** What is left of the range when everything up to {@code key} is done. */
    public KeyRange from(List<String> key) {
        return new KeyRange(Optional.of(List.copyOf(key)), upTo);
    }
}
