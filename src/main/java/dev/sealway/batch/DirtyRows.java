package dev.sealway.batch;

import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;

/** Rows whose plaintext is not encrypted: never walked, or made stale since. */
public final class DirtyRows {

    private static final Identifier T = Identifier.of("t");
    private static final Sql COUNT =
            Sql.of("SELECT pg_catalog.count(*) FROM (SELECT FROM {table} t WHERE ({dirty}) AND ({where}) LIMIT ?) d");
    private static final Sql NONE = Sql.of("SELECT NOT EXISTS (SELECT FROM {table} t WHERE {dirty})");

    private DirtyRows() {}

    /**
     * Counted now, over all rows, whatever the plan's {@code where} says.
     *
     * @param limit where counting stops
     */
    public static long count(Transaction tx, WalkedTable table, long limit) {
        return tx.number(filled(COUNT, table).with("where", Sql.of("true")), limit);
    }

    /** As {@link #count}, only among the rows that the plan's {@code where} lets the walk see. */
    public static long countWalked(Transaction tx, WalkedTable table, long limit) {
        return countWalked(tx, TableTask.sealing(table), limit);
    }

    /** As {@link #countWalked(Transaction, WalkedTable, long)}, of the rows that {@code task} has to do something with. */
    public static long countWalked(Transaction tx, TableTask task, long limit) {
        WalkedTable table = task.table();
        Sql where = table.where().map(Sql::trusted).orElse(Sql.of("true"));
        return tx.number(
                COUNT.with("table", table.name())
                        .with("dirty", task.isPendingIn(T))
                        .with("where", where),
                limit);
    }

    /** As {@link #count}, only among the rows that the plan's {@code where} hides from the walk; a NULL hides as well. */
    public static long countOutside(Transaction tx, WalkedTable table, long limit) {
        Sql where = table.where()
                .map(w -> Sql.of("({where}) IS NOT TRUE").with("where", Sql.trusted(w)))
                .orElse(Sql.of("false"));
        return tx.number(filled(COUNT, table).with("where", where), limit);
    }

    /** Whether there is none now. */
    public static boolean none(Transaction tx, WalkedTable table) {
        return tx.isTrue(filled(NONE, table));
    }

    /** Whether there is nothing now that {@code task} has to do something with, whatever the plan's {@code where} says. */
    public static boolean none(Transaction tx, TableTask task) {
        return tx.isTrue(NONE.with("table", task.table().name()).with("dirty", task.isPendingIn(T)));
    }

    private static Sql filled(Sql sql, WalkedTable table) {
        return sql.with("table", table.name()).with("dirty", table.isDirtyIn(T));
    }
}
