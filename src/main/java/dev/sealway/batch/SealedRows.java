package dev.sealway.batch;

import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;

/** Rows that hold a ciphertext in at least one of the walked columns; in place, what looks like one. */
public final class SealedRows {

    private static final Identifier T = Identifier.of("t");
    private static final Sql COUNT = Sql.of("SELECT pg_catalog.count(*) FROM {table} t WHERE ({sealed}) AND ({where})");

    private SealedRows() {}

    /** Counted now, among the rows that the plan's {@code where} lets the walk see. */
    public static long count(Transaction tx, WalkedTable table) {
        return tx.number(COUNT.with("table", table.name())
                .with(
                        "sealed",
                        Sql.join(
                                " OR ",
                                table.columns().stream()
                                        .map(c -> c.isEncryptedIn(T))
                                        .toList()))
                .with("where", table.where().map(Sql::trusted).orElse(Sql.of("true"))));
    }
}
