package dev.sealway.discover.live;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The values that were read, column by column. Not thread-safe. */
final class Rows {

    private final List<List<String>> columns;
    private long count;
    private long characters;

    Rows(int columns) {
        this.columns = IntStream.range(0, columns)
                .<List<String>>mapToObj(i -> new ArrayList<>())
                .toList();
    }

    /** @return whether there is room for more */
    boolean take(ResultSet row) throws SQLException {
        count++;
        for (int i = 0; i < columns.size(); i++) {
            String value = row.getString(i + 1);
            if (value != null) {
                characters += value.length();
                columns.get(i).add(value);
            }
        }
        return characters < Bounds.TABLE;
    }

    void clear() {
        columns.forEach(List::clear);
        count = 0;
        characters = 0;
    }

    long count() {
        return count;
    }

    List<String> of(int column) {
        return columns.get(column);
    }
}
