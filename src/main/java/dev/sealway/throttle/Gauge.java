package dev.sealway.throttle;

import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Measures what {@link Limits} limit. Remembers the last measurement; not thread-safe. */
public final class Gauge {

    /** A replica that has caught up reports no lag; for a role that may not see them, every column is empty. */
    private static final Sql LAG = Sql.of("""
            SELECT pg_catalog.max(extract(epoch FROM s.replay_lag))::pg_catalog.float8,
                   pg_catalog.count(*) > 0 AND pg_catalog.bool_and(s.state IS NULL)
              FROM pg_catalog.pg_stat_replication s""");

    private static final Sql WAL =
            Sql.of("SELECT pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_lsn(), '0/0')::pg_catalog.int8");

    private static final Sql DEAD = Sql.of("""
            SELECT pg_catalog.max(100.0 * s.n_dead_tup / nullif(s.n_live_tup + s.n_dead_tup, 0))::pg_catalog.float8
              FROM pg_catalog.pg_stat_user_tables s
             WHERE s.relid = ANY (ARRAY(SELECT t.relid::pg_catalog.oid
                                          FROM unnest(?::pg_catalog.int8[]) AS o(oid),
                                               pg_catalog.pg_partition_tree(o.oid::pg_catalog.regclass) t))""");

    /** The run's own, which wait for each other where indexes are built at once, keep nobody waiting. */
    private static final Sql WAITING = Sql.of("""
            SELECT pg_catalog.count(*)
              FROM pg_catalog.pg_stat_activity a, (SELECT ?::pg_catalog.int8[]::pg_catalog.int4[] AS pids) o
             WHERE a.wait_event_type = 'Lock' AND a.datname = pg_catalog.current_database()
               AND pg_catalog.pg_blocking_pids(a.pid) && o.pids AND a.pid <> ALL (o.pids)""");

    private final Limits limits;
    private final Set<String> unseen = new LinkedHashSet<>();
    private OptionalLong wal = OptionalLong.empty();
    private long at;
    private boolean blind;

    public Gauge(Limits limits) {
        this.limits = limits;
    }

    /**
     * Measures now.
     *
     * @param tables oids
     * @param backends processes of the server that work for the run
     * @param nanos a clock that only goes forward
     */
    public Burden measure(Transaction tx, List<Long> tables, Collection<Integer> backends, long nanos) {
        Burden burden = new Burden(
                limits.lag().isPresent() ? lag(tx) : OptionalDouble.empty(),
                limits.walPerSecond().isPresent() ? walPerSecond(tx, nanos) : OptionalDouble.empty(),
                limits.deadPercent().isPresent() ? dead(tx, tables) : OptionalDouble.empty(),
                limits.waiting().isPresent() ? waiting(tx, backends) : OptionalInt.empty());
        at = nanos;
        return burden;
    }

    /** What could not be measured so far, and the cure, each told once. */
    public List<String> unseen() {
        List<String> told = List.copyOf(unseen);
        unseen.clear();
        return told;
    }

    private OptionalDouble lag(Transaction tx) {
        record Lag(OptionalDouble seconds, boolean hidden) {}
        Lag lag = tx.first(LAG, row -> {
                    double seconds = row.getDouble(1);
                    return new Lag(
                            row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(seconds), row.getBoolean(2));
                })
                .orElseThrow();
        if (lag.hidden && !blind) {
            blind = true;
            unseen.add(
                    "the replication lag is not measured: this role may not see it; GRANT pg_read_all_stats to it, or say --max-lag off");
        }
        return lag.seconds;
    }

    private OptionalDouble walPerSecond(Transaction tx, long nanos) {
        long now = tx.number(WAL);
        OptionalDouble rate = wal.isEmpty() || nanos <= at
                ? OptionalDouble.empty()
                : OptionalDouble.of((now - wal.getAsLong()) * 1e9 / (nanos - at));
        wal = OptionalLong.of(now);
        return rate;
    }

    private static OptionalDouble dead(Transaction tx, List<Long> tables) {
        return tx.first(
                        DEAD,
                        row -> {
                            double percent = row.getDouble(1);
                            return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(percent);
                        },
                        (Object) tables.toArray(Long[]::new))
                .orElse(OptionalDouble.empty());
    }

    private static OptionalInt waiting(Transaction tx, Collection<Integer> backends) {
        Long[] pids = backends.stream().map(Integer::longValue).toArray(Long[]::new);
        return OptionalInt.of(Math.toIntExact(tx.number(WAITING, (Object) pids)));
    }
}
