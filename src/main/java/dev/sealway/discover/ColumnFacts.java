package dev.sealway.discover;

import java.util.Optional;

/**
 * All that is known of a column before it is judged.
 *
 * @param table its table's bare name
 * @param comment that the database has on it
 */
public record ColumnFacts(String table, String name, ValueType type, Optional<String> comment, Sample sample) {

    ColumnFacts with(ValueType other, Sample values) {
        return new ColumnFacts(table, name, other, comment, values);
    }
}
