package dev.sealway.ledger;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Row keys as {@code text[]}. */
final class RowKeys {

    private RowKeys() {}

    /** Empty for none: no row key is without columns, and statements make it a null by {@code nullif(?, '{}')}. */
    static String[] array(Optional<List<String>> key) {
        return array(key.orElse(List.of()));
    }

    static String[] array(List<String> key) {
        return key.toArray(String[]::new);
    }

    static Optional<List<String>> read(ResultSet row, int at) throws SQLException {
        Array array = row.getArray(at);
        return array == null ? Optional.empty() : Optional.of(List.of((String[]) array.getArray()));
    }
}
