package dev.sealway.catalog.probe;

import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.RowKey;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Literal;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.SqlFragment;
import dev.sealway.jdbc.Transaction;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows that stand in the way of a blind index, by row key and never by value.
 *
 * @param count how many there are
 * @param rowKeys the first of them, at most {@value #SHOWN}, in the order of the row key: {@code tenant 7, id 12}. A
 *     natural key may itself be personal: for the person at the screen, not for a log
 */
public record Offenders(long count, List<String> rowKeys) {

    static final int SHOWN = 20;

    private static final Sql FIRST = Sql.of("""
            SELECT {key_text}, count(*) OVER ()
              FROM ({rows}) offending
             ORDER BY {key}
             LIMIT ?
            """);

    public Offenders {
        rowKeys = List.copyOf(rowKeys);
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** @param rows a query that gives the columns of the row key, once for each offending row */
    static Offenders of(Transaction tx, LiveTable table, SqlFragment rows) {
        RowKey key = table.rowKey().orElseThrow();
        long[] count = new long[1];
        Sql query = FIRST.with("key_text", text(key)).with("rows", rows).with("key", Identifier.list(key.names()));
        List<String> shown = tx.list(
                query,
                row -> {
                    count[0] = row.getLong(2);
                    return row.getString(1);
                },
                SHOWN);
        return new Offenders(count[0], shown);
    }

    private static Sql text(RowKey key) {
        List<Sql> parts = new ArrayList<>();
        for (Identifier name : key.names()) {
            parts.add(Sql.of("{label} || CAST({column} AS text)")
                    .with("label", new Literal(name.name() + " "))
                    .with("column", name));
        }
        return Sql.of("concat_ws(', ', {parts})").with("parts", Sql.join(", ", parts));
    }
}
