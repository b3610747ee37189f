package dev.sealway.catalog.probe;

import dev.sealway.catalog.LiveColumn;
import dev.sealway.catalog.LiveTable;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;

/**
 * Values of a text column that begin as ciphertexts of Transit do, whatever follows. Whether they are any only opening them
 * tells.
 */
public final class CiphertextLookalikes {

    private static final Sql ROWS = Sql.of("""
            SELECT {key} FROM {table} WHERE starts_with(CAST({column} AS text) COLLATE "C", 'vault:v')""");

    private CiphertextLookalikes() {}

    public static Offenders of(Transaction tx, LiveTable table, LiveColumn column) {
        return Offenders.of(
                tx,
                table,
                ROWS.with("key", Identifier.list(table.rowKey().orElseThrow().names()))
                        .with("table", table.name())
                        .with("column", column.name()));
    }
}
