package dev.sealway.ledger;

import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What the watch for legacy writers saw, by the database's clock. Bound to one transaction; not thread-safe.
 */
public final class LegacyWrites {

    /** Within which a session is written down once. */
    public static final Duration GRAIN = Duration.ofSeconds(10);

    private static final Duration KEPT = Duration.ofDays(90);

    private static final Sql WRITERS = Sql.of("""
            SELECT role, application, pg_catalog.count(*), pg_catalog.min(at), pg_catalog.max(at)
              FROM sealway.legacy_write WHERE table_id = ? AND {since}
             GROUP BY role, application ORDER BY pg_catalog.max(at) DESC, role, application LIMIT 100""");

    private final Transaction tx;

    private LegacyWrites(Transaction tx) {
        this.tx = tx;
    }

    public static LegacyWrites in(Transaction tx) {
        return new LegacyWrites(tx);
    }

    /**
     * Writes down that a watch over {@code columns} stands; what is older than 90 days is forgotten.
     *
     * @param gapless whether a watch over them all stood until this very transaction, so that it goes on
     */
    public void armed(RegisteredTable table, Collection<String> columns, boolean gapless) {
        tx.execute(Sql.of("""
                        INSERT INTO sealway.legacy_watch (table_id, columns) VALUES (?, ?)
                            ON CONFLICT (table_id) DO UPDATE
                           SET columns = excluded.columns,
                               armed_at = CASE WHEN ? AND legacy_watch.columns @> excluded.columns
                                               THEN legacy_watch.armed_at ELSE excluded.armed_at END"""), table.id(), columns.toArray(String[]::new), gapless);
        tx.execute(
                Sql.of(
                        "DELETE FROM sealway.legacy_write WHERE table_id = ? AND at < pg_catalog.now() - pg_catalog.make_interval(secs => ?)"),
                table.id(),
                KEPT.toSeconds());
    }

    /** For how long the watch has stood without a gap; empty if there is none. */
    public Optional<Duration> watchedFor(RegisteredTable table) {
        return tx.first(Sql.of("""
                        SELECT pg_catalog.floor(extract(epoch FROM pg_catalog.clock_timestamp() - armed_at) * 1000)::bigint
                          FROM sealway.legacy_watch WHERE table_id = ?"""), row -> Duration.ofMillis(Math.max(0, row.getLong(1))), table.id());
    }

    /** Everybody who was seen, the latest first. */
    public List<LegacyWriter> writers(RegisteredTable table) {
        return tx.list(WRITERS.with("since", Sql.of("true")), LegacyWrites::read, table.id());
    }

    /** Those who were, or may have been, seen within the last {@code soak}. */
    public List<LegacyWriter> within(RegisteredTable table, Duration soak) {
        return tx.list(
                WRITERS.with(
                        "since", Sql.of("at > pg_catalog.clock_timestamp() - pg_catalog.make_interval(secs => ?)")),
                LegacyWrites::read,
                table.id(),
                soak.plus(GRAIN).toSeconds());
    }

    private static LegacyWriter read(ResultSet row) throws SQLException {
        return new LegacyWriter(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getObject(4, OffsetDateTime.class).toInstant(),
                row.getObject(5, OffsetDateTime.class).toInstant());
    }

    /** After the watch was taken away. */
    public void forget(long tableId) {
        tx.execute(Sql.of("DELETE FROM sealway.legacy_watch WHERE table_id = ?"), tableId);
        tx.execute(Sql.of("DELETE FROM sealway.legacy_write WHERE table_id = ?"), tableId);
    }
}
