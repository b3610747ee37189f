package dev.sealway.phase.inplace;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;

/**
 * Counts a column's rows by what stands in them.
 *
 * @param plain rows in clear that the plan's {@code where} includes
 * @param outside rows in clear that it does not, a NULL counting as no
 */
record Census(long nulls, long plain, long outside) {

    private static final Identifier T = Identifier.of("t");
    private static final Sql COUNT = Sql.of("""
            SELECT pg_catalog.count(*) FILTER (WHERE t.{column} IS NULL),
                   pg_catalog.count(*) FILTER (WHERE {plain} AND ({where}) IS TRUE),
                   pg_catalog.count(*) FILTER (WHERE {plain} AND ({where}) IS NOT TRUE)
              FROM {table} t""");

    static Census of(Transaction tx, WalkedTable table, WalkedColumn column) {
        Sql count = COUNT.with("column", column.plaintext())
                .with("plain", column.isDirtyIn(T))
                .with("where", table.where().map(Sql::trusted).orElse(Sql.of("true")))
                .with("table", table.name());
        return tx.first(count, row -> new Census(row.getLong(1), row.getLong(2), row.getLong(3)))
                .orElseThrow();
    }
}
