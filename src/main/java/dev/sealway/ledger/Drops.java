package dev.sealway.ledger;

import dev.sealway.catalog.RelationFiles;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** What was dropped, and in which files it lay. Bound to one transaction; not thread-safe. */
public final class Drops {

    private static final Sql INSERT = Sql.of("""
            INSERT INTO sealway.dropped (table_id, run_id, columns, lsn, file_nodes)
            VALUES (?, ?, ?, pg_catalog.pg_current_wal_insert_lsn(), ?)
                ON CONFLICT (table_id, run_id) DO UPDATE
               SET columns = excluded.columns, at = excluded.at, lsn = excluded.lsn, file_nodes = excluded.file_nodes""");

    private final Transaction tx;

    private Drops(Transaction tx) {
        this.tx = tx;
    }

    public static Drops in(Transaction tx) {
        return new Drops(tx);
    }

    /**
     * Do this in the transaction that drops them, behind its lock.
     *
     * @param oid of the table now
     */
    public void record(RegisteredTable table, long oid, List<String> columns, long runId) {
        List<String> files = new ArrayList<>(RelationFiles.ofTable(tx, oid));
        files.addAll(RelationFiles.ofStatistics(tx));
        tx.execute(INSERT, table.id(), runId, columns.toArray(String[]::new), files.toArray(String[]::new));
    }

    /** The oldest first. */
    public List<Drop> of(RegisteredTable table) {
        return tx.list(
                Sql.of("SELECT columns, at, lsn::text, file_nodes FROM sealway.dropped WHERE table_id = ? ORDER BY at"),
                Drops::read,
                table.id());
    }

    private static Drop read(ResultSet row) throws SQLException {
        return new Drop(
                List.of((String[]) row.getArray(1).getArray()),
                row.getObject(2, OffsetDateTime.class).toInstant(),
                row.getString(3),
                List.of((String[]) row.getArray(4).getArray()));
    }
}
