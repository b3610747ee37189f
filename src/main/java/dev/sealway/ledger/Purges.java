package dev.sealway.ledger;

import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** What was purged, and what is lent meanwhile. Bound to one transaction; not thread-safe. */
public final class Purges {

    private static final Sql INSERT = Sql.of("""
            INSERT INTO sealway.purged (run_id, part, table_id, lsn)
            VALUES (?, ?, nullif(?, 0::bigint),
                    coalesce(CAST(nullif(?, '') AS pg_lsn), pg_catalog.pg_current_wal_insert_lsn()))""");

    private static final String HERE = "";

    private static final Sql LAST = Sql.of("""
            SELECT at, lsn::text FROM sealway.purged
             WHERE part = ? AND table_id IS NOT DISTINCT FROM nullif(?, 0::bigint) ORDER BY id DESC LIMIT 1""");

    private static final Sql LAST_BACKFILL = Sql.of("""
            SELECT pg_catalog.max(coalesce(r.ended_at, pg_catalog.clock_timestamp()))
              FROM sealway.run r JOIN sealway.sealed_table t ON t.plan = r.plan
             WHERE t.id = ? AND r.verb = 'backfill'""");

    private final Transaction tx;

    private Purges(Transaction tx) {
        this.tx = tx;
    }

    public static Purges in(Transaction tx) {
        return new Purges(tx);
    }

    public void rewroteTable(RegisteredTable table, long runId) {
        tx.execute(INSERT, runId, "table", table.id(), HERE);
    }

    public void rewroteStatistics(long runId) {
        tx.execute(INSERT, runId, "statistics", 0L, HERE);
    }

    /** No segment of the write-ahead log holds any more what was written before {@code lsn}. */
    public void cycledWal(String lsn, long runId) {
        tx.execute(INSERT, runId, "wal", 0L, lsn);
    }

    public Optional<Purged> ofTable(RegisteredTable table) {
        return last("table", table.id());
    }

    public Optional<Purged> ofStatistics() {
        return last("statistics", 0L);
    }

    public Optional<Purged> ofWal() {
        return last("wal", 0L);
    }

    private Optional<Purged> last(String part, long tableId) {
        return tx.first(LAST, Purges::read, part, tableId);
    }

    private static Purged read(ResultSet row) throws SQLException {
        return new Purged(row.getObject(1, OffsetDateTime.class).toInstant(), row.getString(2));
    }

    /** When the last backfill ended that may have encrypted rows of the table; now, if one is under way. */
    public Optional<Instant> lastBackfill(RegisteredTable table) {
        return tx.first(LAST_BACKFILL, row -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)), table.id())
                .flatMap(at -> at)
                .map(OffsetDateTime::toInstant);
    }
}
