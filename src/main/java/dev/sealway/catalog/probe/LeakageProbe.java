package dev.sealway.catalog.probe;

import dev.sealway.catalog.LiveTable;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.search.ValueDistribution;

/** Counts how the values of a column are spread, for the leakage gate. Reads the whole column once. */
public final class LeakageProbe {

    private static final Sql SPREAD = Sql.of("""
            SELECT coalesce(sum(same.rows), 0)::bigint, count(*), coalesce(max(same.rows), 0)
              FROM (SELECT count(*) AS rows
                      FROM (SELECT {normal} AS value FROM {table}) normal
                     WHERE normal.value IS NOT NULL
                     GROUP BY normal.value) same
            """);

    private LeakageProbe() {}

    /** NULLs and values without a normal form do not count. */
    public static ValueDistribution measure(Transaction tx, LiveTable table, NormalizedColumn column) {
        Sql query = SPREAD.with("normal", column.sql()).with("table", table.name());
        return tx.first(query, row -> new ValueDistribution(row.getLong(1), row.getLong(2), row.getLong(3)))
                .orElseThrow();
    }
}
