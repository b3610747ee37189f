package dev.sealway.ledger;

import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** What people want of runs that are under way, and what these say. Bound to one transaction; not thread-safe. */
public final class RunControls {

    private static final Sql UNDER_WAY = Sql.of("""
            SELECT r.id, r.verb, r.plan, l.holder, l.host, l.process, r.started_at, max(l.expires_at),
                   pg_catalog.array_agg(l.table_name ORDER BY l.table_name), c.wish, c.state
              FROM sealway.run r JOIN sealway.lease l ON l.run_id = r.id AND l.released_at IS NULL
              JOIN sealway.run_control c ON c.run_id = r.id
             WHERE r.plan = ? AND r.outcome = 'running' AND l.expires_at > pg_catalog.clock_timestamp()
             GROUP BY r.id, l.holder, l.host, l.process, c.wish, c.state ORDER BY r.id""");

    private final Transaction tx;

    private RunControls(Transaction tx) {
        this.tx = tx;
    }

    public static RunControls in(Transaction tx) {
        return new RunControls(tx);
    }

    /** Lets people control a run. */
    public void begin(long run) {
        tx.execute(Sql.of("INSERT INTO sealway.run_control (run_id) VALUES (?)"), run);
    }

    /** Empty if it cannot be controlled. */
    public Optional<RunWish> wish(long run) {
        return tx.first(Sql.of("""
                        SELECT wish, batch_size, rows_per_second, workers, changed_by, changed_at
                          FROM sealway.run_control WHERE run_id = ?"""), RunControls::readWish, run);
    }

    /** What the run is doing, in our words; empty while it just works. */
    public void say(long run, String state) {
        tx.execute(Sql.of("""
                        UPDATE sealway.run_control SET state = ?, state_at = pg_catalog.clock_timestamp() WHERE run_id = ?"""), state, run);
    }

    /** @param by who wants it, beside the role of the database */
    public void want(long run, RunWish.Wish wish, String by) {
        tx.execute(Sql.of("""
                        UPDATE sealway.run_control
                           SET wish = ?, changed_at = pg_catalog.clock_timestamp(),
                               changed_by = pg_catalog.format('%s (%s)', session_user, ?::pg_catalog.text)
                         WHERE run_id = ?"""), wish.name().toLowerCase(Locale.ROOT), by, run);
    }

    /** From the next batch on; 0 gives back what the run began with. */
    public void wantBatches(long run, int rows, String by) {
        set(run, "batch_size", rows, by);
    }

    /** From the next batch on; 0 is no limit. */
    public void wantRate(long run, int rowsPerSecond, String by) {
        set(run, "rows_per_second", rowsPerSecond, by);
    }

    /** From the next batch on, and never more than the run began with; 0 gives these back. */
    public void wantWorkers(long run, int workers, String by) {
        set(run, "workers", workers, by);
    }

    private void set(long run, String column, int value, String by) {
        tx.execute(Sql.of("""
                                UPDATE sealway.run_control
                                   SET {column} = nullif(?, 0), changed_at = pg_catalog.clock_timestamp(),
                                       changed_by = pg_catalog.format('%s (%s)', session_user, ?::pg_catalog.text)
                                 WHERE run_id = ?""").with("column", Sql.of(column)), value, by, run);
    }

    /** The runs of a plan that hold a table now, the oldest first. */
    public List<RunUnderWay> underWay(String plan) {
        return tx.list(UNDER_WAY, RunControls::readUnderWay, plan);
    }

    private static RunUnderWay readUnderWay(ResultSet row) throws SQLException {
        return new RunUnderWay(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                new LeaseHolder(row.getString(4), row.getString(5), row.getLong(6)),
                row.getObject(7, OffsetDateTime.class).toInstant(),
                row.getObject(8, OffsetDateTime.class).toInstant(),
                List.of((String[]) row.getArray(9).getArray()),
                wish(row.getString(10)),
                row.getString(11));
    }

    private static RunWish readWish(ResultSet row) throws SQLException {
        return new RunWish(
                wish(row.getString(1)),
                optional(row, 2),
                optional(row, 3),
                optional(row, 4),
                row.getString(5),
                row.getObject(6, OffsetDateTime.class).toInstant());
    }

    private static RunWish.Wish wish(String word) {
        return RunWish.Wish.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static OptionalInt optional(ResultSet row, int at) throws SQLException {
        int value = row.getInt(at);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
