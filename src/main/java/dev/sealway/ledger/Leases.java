package dev.sealway.ledger;

import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who works on which table. A lease lasts until it is given back, or has not been renewed for its term; whoever takes it
 * over gets a higher fence, and every transaction of the former holder finds that out by {@link #areCurrent}.
 *
 * <p>The time is the database's. Bound to one transaction; not thread-safe.
 */
public final class Leases {

    /** As a row that nobody holds, so that there is something to lock. */
    private static final Sql PREPARE = Sql.of("""
            INSERT INTO sealway.lease (table_oid, table_name, holder, host, process, run_id, fence, expires_at, released_at)
            VALUES (?::pg_catalog.oid, ?, ?, ?, ?, ?, 1, pg_catalog.now(), pg_catalog.now())
                ON CONFLICT (table_oid) DO NOTHING""");

    private static final Sql HELD = Sql.of("""
            SELECT l.table_name, l.holder, l.host, l.process, l.run_id, r.verb, l.taken_at, l.expires_at,
                   l.expires_at <= pg_catalog.clock_timestamp(),
                   NOT EXISTS (SELECT FROM pg_catalog.pg_stat_activity a
                                WHERE a.pid = r.backend_pid AND coalesce(a.backend_start = r.backend_start, true))
              FROM sealway.lease l JOIN sealway.run r ON r.id = l.run_id
             WHERE l.released_at IS NULL AND {condition}""");

    private static final Sql TAKE = Sql.of("""
            UPDATE sealway.lease
               SET table_name = ?, holder = ?, host = ?, process = ?, run_id = ?, fence = fence + 1, released_at = NULL,
                   taken_at = pg_catalog.clock_timestamp(),
                   expires_at = pg_catalog.clock_timestamp() + pg_catalog.make_interval(secs => ?::pg_catalog.float8)
             WHERE table_oid = ?::pg_catalog.oid RETURNING fence""");

    private static final Sql RENEW = Sql.of("""
            UPDATE sealway.lease l
               SET expires_at = pg_catalog.clock_timestamp() + pg_catalog.make_interval(secs => ?::pg_catalog.float8)
              FROM unnest(?::pg_catalog.int8[], ?::pg_catalog.int8[]) AS mine(table_oid, fence)
             WHERE l.table_oid = mine.table_oid::pg_catalog.oid AND l.fence = mine.fence AND l.released_at IS NULL""");

    private static final Sql RELEASE = Sql.of("""
            UPDATE sealway.lease l SET released_at = pg_catalog.clock_timestamp()
              FROM unnest(?::pg_catalog.int8[], ?::pg_catalog.int8[]) AS mine(table_oid, fence)
             WHERE l.table_oid = mine.table_oid::pg_catalog.oid AND l.fence = mine.fence AND l.released_at IS NULL""");

    /** The weakest lock there is: a renewal passes it, and only whoever takes over waits for it. */
    private static final Sql CURRENT = Sql.of("""
            SELECT pg_catalog.count(*) FROM (
              SELECT FROM sealway.lease l
                JOIN unnest(?::pg_catalog.int8[], ?::pg_catalog.int8[]) AS mine(table_oid, fence)
                  ON l.table_oid = mine.table_oid::pg_catalog.oid AND l.fence = mine.fence
                 FOR KEY SHARE OF l) held""");

    private final Transaction tx;

    private Leases(Transaction tx) {
        this.tx = tx;
    }

    public static Leases in(Transaction tx) {
        return new Leases(tx);
    }

    /** Every lease that was not given back, also those whose time is over. */
    public List<HeldLease> held() {
        return tx.list(HELD.with("condition", Sql.of("true ORDER BY l.run_id, l.table_name")), Leases::read);
    }

    /** The lease of a table, if somebody has it. */
    public Optional<HeldLease> held(long table) {
        return tx.first(HELD.with("condition", Sql.of("l.table_oid = ?::pg_catalog.oid")), Leases::read, table);
    }

    /**
     * As {@link #held(long)}, after every transaction that is being written under the lease has ended; none begins until
     * this one ends. A statement of its own looks, since what was joined before the wait would be out of date.
     */
    public Optional<HeldLease> heldBehindLock(long table) {
        tx.execute(Sql.of("SELECT FROM sealway.lease WHERE table_oid = ?::pg_catalog.oid FOR UPDATE"), table);
        return held(table);
    }

    /** Makes sure that there is something to lock. */
    public void prepare(long table, String name, LeaseHolder holder, long run) {
        tx.execute(PREPARE, table, name, holder.operator(), holder.host(), holder.process(), run);
    }

    /** Takes a lease over that {@link #heldBehindLock} has shown to be free. */
    public Lease take(long table, String name, LeaseHolder holder, long run, Duration term) {
        long fence =
                tx.number(TAKE, name, holder.operator(), holder.host(), holder.process(), run, seconds(term), table);
        return new Lease(table, name, fence);
    }

    /** @return whether all of them were still there to be renewed */
    public boolean renew(List<Lease> leases, Duration term) {
        return tx.execute(RENEW, seconds(term), tables(leases), fences(leases)) == leases.size();
    }

    /** Gives leases back; one that another has taken over stays that one's. */
    public void release(List<Lease> leases) {
        tx.execute(RELEASE, tables(leases), fences(leases));
    }

    /** Whether nobody has taken over any of them; nobody can, until this transaction ends. */
    public boolean areCurrent(List<Lease> leases) {
        return tx.number(CURRENT, tables(leases), fences(leases)) == leases.size();
    }

    private static String seconds(Duration term) {
        return String.format(Locale.ROOT, "%d.%03d", term.toSeconds(), term.toMillisPart());
    }

    private static Long[] tables(List<Lease> leases) {
        return leases.stream().map(Lease::table).toArray(Long[]::new);
    }

    private static Long[] fences(List<Lease> leases) {
        return leases.stream().map(Lease::fence).toArray(Long[]::new);
    }

    private static HeldLease read(ResultSet row) throws SQLException {
        return new HeldLease(
                row.getString(1),
                new LeaseHolder(row.getString(2), row.getString(3), row.getLong(4)),
                row.getLong(5),
                row.getString(6),
                instant(row, 7),
                instant(row, 8),
                row.getBoolean(9),
                row.getBoolean(10));
    }

    private static Instant instant(ResultSet row, int at) throws SQLException {
        return row.getObject(at, OffsetDateTime.class).toInstant();
    }
}
