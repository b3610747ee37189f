package dev.sealway.phase.rollback;

import dev.sealway.catalog.LiveTable;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.ShortLock;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.progress.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes back what expand, backfill and views added to a table, as long as its plaintext is there and authoritative.
 *
 * <p>One transaction under a short lock: afterwards the table is as it was, or nothing was changed. Refused while a row
 * holds a value that only the encrypted column has. Thread-safe.
 */
public final class Rollback {

    private static final Sql ONLY_ENCRYPTED = Sql.of("""
            SELECT pg_catalog.count(*) FROM (
              SELECT FROM {table} WHERE {plain} IS NOT DISTINCT FROM NULL AND {encrypted} IS NOT NULL LIMIT 1000) r""");
    private static final Sql DROP_COLUMN = Sql.of("ALTER TABLE {table} DROP COLUMN {column} RESTRICT");

    private final Database database;
    private final ShortLock shortLock;
    private final Progress progress;

    public Rollback(Database database, ShortLock shortLock, Progress progress) {
        this.database = database;
        this.shortLock = shortLock;
        this.progress = progress;
    }

    /** The statements for {@code columns}, without the guard's. */
    public List<Sql> statements(LiveTable live, List<RegisteredColumn> columns) {
        List<Sql> statements = new ArrayList<>();
        for (RegisteredColumn column : columns) {
            if (column.phase() == ColumnPhase.REGISTERED || column.isInPlace()) {
                continue;
            }
            Sql drop = DROP_COLUMN.with("table", live.name());
            statements.add(drop.with("column", column.encrypted()));
            column.search().ifPresent(s -> s.columns().forEach(token -> statements.add(drop.with("column", token))));
        }
        return statements;
    }

    /** Makes the view of a table anew, over what is left to be shown. */
    public interface ViewMaker {

        void make(Transaction tx, RegisteredTable left, LiveTable live);
    }

    /**
     * @param table with all its registered columns
     * @param columns of them that are rolled back
     * @param views used where the table has a view and columns stay
     * @throws SealwayException if one of them has no plaintext any more, or values only in its encrypted column
     */
    public RollbackReport.Table run(
            RegisteredTable table, LiveTable live, List<RegisteredColumn> columns, ViewMaker views) {
        table.refuseInPlace("dropping what expand added");
        requirePlaintext(live, columns);
        try (Session session = database.open()) {
            shortLock.run(
                    session,
                    live.name(),
                    "rolling back %s".formatted(live.name()),
                    TransactionSettings.writing(),
                    tx -> {
                        change(tx, table, live, columns, views);
                        return null;
                    });
        }
        columns.stream()
                .filter(c -> c.phase() != ColumnPhase.REGISTERED)
                .forEach(c -> progress.done("Removed column %s.%s".formatted(live.name(), c.encrypted())));
        return new RollbackReport.Table(
                live.tableName(),
                columns.stream().map(c -> c.plaintext().name()).toList());
    }

    /**
     * The removal alone, for whoever has the table locked and the plaintext filled.
     *
     * @throws SealwayException when it runs, as {@link #run} would
     */
    public Consumer<Transaction> removal(
            RegisteredTable table, LiveTable live, List<RegisteredColumn> columns, ViewMaker views) {
        return tx -> change(tx, table, live, columns, views);
    }

    private void change(
            Transaction tx,
            RegisteredTable table,
            LiveTable live,
            List<RegisteredColumn> columns,
            ViewMaker viewMaker) {
        tx.executeDefinition(
                Sql.of("LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE").with("table", live.name()));
        columns.stream()
                .filter(c -> c.phase() != ColumnPhase.REGISTERED)
                .forEach(c -> requireNothingOnlyEncrypted(tx, live.name(), c));
        new Removal(tx, live, viewMaker).run(table, columns, statements(live, columns));
    }

    /** @throws SealwayException if one of the columns has no plaintext any more */
    public void requirePlaintext(LiveTable live, List<RegisteredColumn> columns) {
        columns.forEach(c -> requirePlaintext(live, c));
    }

    private static void requirePlaintext(LiveTable live, RegisteredColumn column) {
        if (column.phase() == ColumnPhase.CONTRACTED) {
            throw SealwayException.refused(
                    ("the plaintext of %s.%s was dropped, so there is nothing to roll back to; its values are in %s, which"
                                    + " the key bundle opens")
                            .formatted(live.name(), column.plaintext(), column.encrypted()));
        }
    }

    private static void requireNothingOnlyEncrypted(Transaction tx, QualifiedName table, RegisteredColumn column) {
        long rows = tx.number(ONLY_ENCRYPTED
                .with("table", table)
                .with("plain", column.plaintext())
                .with("encrypted", column.encrypted()));
        if (rows > 0) {
            throw SealwayException.refused(
                    ("%d rows of %s (counted up to 1000) have a value in %s and none in %s: an application wrote only the"
                                    + " encrypted column, and rolling back would lose those values; let it write both, or copy"
                                    + " them back first")
                            .formatted(rows, table, column.encrypted(), column.plaintext()));
        }
    }
}
