package dev.sealway.ledger;

import dev.sealway.audit.AuditTrail;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The journal of runs. Bound to one transaction; not thread-safe. */
public final class Runs {

    private final Transaction tx;

    private Runs(Transaction tx) {
        this.tx = tx;
    }

    public static Runs in(Transaction tx) {
        return new Runs(tx);
    }

    /**
     * Begins a run and marks what killed processes left behind. Commit it before the work begins, on a session that
     * lives as long as the run: a run counts as abandoned once that session is gone and no lease of its is left.
     *
     * @return the run's id
     */
    public long begin(String verb, String plan) {
        markAbandoned();
        long id = tx.number(Sql.of("""
                        INSERT INTO sealway.run (verb, plan, backend_start)
                        VALUES (?, ?, (SELECT a.backend_start FROM pg_catalog.pg_stat_activity a
                                        WHERE a.pid = pg_catalog.pg_backend_pid()))
                        RETURNING id"""), verb, plan);
        AuditTrail.in(tx).append(id, "run.began", Map.of("verb", verb, "plan", plan));
        return id;
    }

    /**
     * Ends a run; one that has ended stays as it ended.
     *
     * @param detail our own words, without values of rows: the message of a {@code SealwayException} may go here
     */
    public void end(long id, RunOutcome outcome, String detail) {
        tx.list(Sql.of("""
                        UPDATE sealway.run SET outcome = ?, detail = coalesce(nullif(?, ''), detail), ended_at = pg_catalog.clock_timestamp()
                         WHERE id = ? AND outcome IN ('running', 'abandoned')
                     RETURNING id, verb, plan"""), Runs::ended, outcome.word(), detail, id).forEach(run -> run.tell(tx, outcome));
    }

    /** Without the detail, which may name rows by their keys. */
    private record Ended(long id, String verb, String plan) {

        void tell(Transaction tx, RunOutcome outcome) {
            AuditTrail.in(tx).append(id, "run.ended", Map.of("verb", verb, "plan", plan, "outcome", outcome.word()));
        }
    }

    private static Ended ended(ResultSet row) throws SQLException {
        return new Ended(row.getLong(1), row.getString(2), row.getString(3));
    }

    /** Writes down something about a run that is under way; a run that ends well keeps it. */
    public void note(long id, String text) {
        tx.execute(Sql.of("UPDATE sealway.run SET detail = ? WHERE id = ?"), text, id);
    }

    /**
     * Marks runs whose session is gone and whose leases are over. A session of another role hides when it began; its process id must do then.
     *
     * @return how many there were
     */
    public int markAbandoned() {
        List<Ended> abandoned = tx.list(Sql.of("""
                UPDATE sealway.run r
                   SET outcome = 'abandoned', ended_at = pg_catalog.clock_timestamp(),
                       detail = 'the session of this run is gone; running again continues'
                 WHERE r.outcome = 'running'
                   AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_activity a
                                    WHERE a.pid = r.backend_pid
                                      AND coalesce(a.backend_start = r.backend_start, true))
                   AND NOT EXISTS (SELECT FROM sealway.lease l
                                    WHERE l.run_id = r.id AND l.released_at IS NULL
                                      AND l.expires_at > pg_catalog.clock_timestamp())
             RETURNING r.id, r.verb, r.plan"""), Runs::ended);
        abandoned.forEach(run -> run.tell(tx, RunOutcome.ABANDONED));
        return abandoned.size();
    }

    /** This session is the run's from now on: the one before was lost. */
    public void moveHere(long id) {
        tx.execute(Sql.of("""
                UPDATE sealway.run r
                   SET backend_pid = pg_catalog.pg_backend_pid(),
                       backend_start = (SELECT a.backend_start FROM pg_catalog.pg_stat_activity a
                                         WHERE a.pid = pg_catalog.pg_backend_pid())
                 WHERE r.id = ? AND r.backend_pid <> pg_catalog.pg_backend_pid()"""), id);
    }

    /** Another run has taken over what this one held. */
    public void takenOver(long id, long by) {
        tx.list(Sql.of("""
                                UPDATE sealway.run r
                                   SET outcome = 'abandoned', ended_at = pg_catalog.clock_timestamp(),
                                       detail = pg_catalog.format('its lease ended; run %s took over', ?::pg_catalog.int8)
                                 WHERE r.id = ? AND r.outcome = 'running'
                             RETURNING r.id, r.verb, r.plan"""), Runs::ended, by, id).forEach(run -> run.tell(tx, RunOutcome.ABANDONED));
    }

    /** The last runs of a plan, the youngest first. */
    public List<Run> latest(String plan, int limit) {
        return tx.list(Sql.of("""
                        SELECT id, verb, plan, actor, started_at, ended_at, outcome, detail
                          FROM sealway.run WHERE plan = ? ORDER BY id DESC LIMIT ?"""), Runs::read, plan, limit);
    }

    private static Run read(ResultSet row) throws SQLException {
        return new Run(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                instant(row, 5).orElseThrow(),
                instant(row, 6),
                RunOutcome.ofWord(row.getString(7)),
                row.getString(8));
    }

    private static Optional<Instant> instant(ResultSet row, int at) throws SQLException {
        return Optional.ofNullable(row.getObject(at, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
