package dev.sealway.batch;

import dev.sealway.catalog.LiveTable;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.TransactionSettings;

/** How many rows a table has: by the server's estimate where it is large, counted where it is small. */
public final class RowCount {
    /** Counting smaller tables exactly costs less than being wrong about them. */
    private static final long COUNTED = 1_000_000;

    private RowCount() {}

    /** Whether the server's estimate is taken. */
    public static boolean isEstimated(LiveTable table) {
        return table.estimatedRows() >= COUNTED;
    }

    public static long of(Session session, LiveTable table) {
        return counted(session, table, Sql.of("true"));
    }

    /** The rows that the plan's {@code where} lets a walk see; an estimate is one of all rows. */
    public static long ofWalked(Session session, WalkedTable table) {
        return counted(session, table.live(), table.where().map(Sql::trusted).orElse(Sql.of("true")));
    }

    private static long counted(Session session, LiveTable table, Sql where) {
        return isEstimated(table)
                ? table.estimatedRows()
                : session.inTransaction(
                        TransactionSettings.reading(),
                        "counting the rows of %s".formatted(table.name()),
                        tx -> tx.number(Sql.of("SELECT pg_catalog.count(*) FROM {table} t WHERE {where}")
                                .with("table", table.name())
                                .with("where", where)));
    }
}
