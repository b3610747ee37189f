package dev.sealway.residue;

import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;

/**
 * Segments of the write-ahead log in the data directory.
 *
 * @param older that begin before a position
 * @param recycled that wait to be written, under names to come, with what they held before
 * @param all of them
 */
public record WalSegments(long older, long recycled, long all) {

    /** A segment's name is its time line, then where it begins: the upper half of the position, and its number within it. */
    private static final Sql COUNT = Sql.of("""
            WITH segment AS (
              SELECT 0::pg_catalog.numeric
                     + (('x' || pg_catalog.substr(w.name, 9, 8))::bit(32))::pg_catalog.int8 * 4294967296::pg_catalog.numeric
                     + (('x' || pg_catalog.substr(w.name, 17, 8))::bit(32))::pg_catalog.int8 * s.size AS begins,
                     s.size
                FROM pg_catalog.pg_ls_waldir() w
               CROSS JOIN (SELECT pg_catalog.pg_size_bytes(pg_catalog.current_setting('wal_segment_size')) AS size) s
               WHERE w.name ~ '^[0-9A-F]+$' AND pg_catalog.length(w.name) = 24)
            SELECT pg_catalog.count(*) FILTER (WHERE begins < CAST(? AS pg_catalog.pg_lsn) - '0/0'::pg_catalog.pg_lsn),
                   pg_catalog.count(*) FILTER (WHERE begins > here.position),
                   pg_catalog.count(*)
              FROM segment
             CROSS JOIN (SELECT CASE WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_replay_lsn()
                                     ELSE pg_catalog.pg_current_wal_insert_lsn() END - '0/0'::pg_catalog.pg_lsn AS position) here""");

    /** Needs the right to list them, which {@code pg_monitor} has. */
    public static WalSegments of(Transaction tx, String before) {
        return tx.first(COUNT, row -> new WalSegments(row.getLong(1), row.getLong(2), row.getLong(3)), before)
                .orElseThrow();
    }
}
