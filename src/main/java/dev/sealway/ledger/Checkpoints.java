package dev.sealway.ledger;

import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.SqlFragment;
import dev.sealway.jdbc.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The checkpoints of walks. {@link #advance} belongs into the transaction that writes the rows, so that both are there
 * or neither is. Bound to one transaction; not thread-safe.
 */
public final class Checkpoints {

    private static final Sql COLUMNS = Sql.of("""
            table_id, work, change, range_no, low_key, high_key, last_key, rows_done, rows_skipped, rows_failed, rows_total,
            finished""");

    private final Transaction tx;

    private Checkpoints(Transaction tx) {
        this.tx = tx;
    }

    public static Checkpoints in(Transaction tx) {
        return new Checkpoints(tx);
    }

    /** The checkpoints of a walk by range, empty if it never began. */
    public List<Checkpoint> of(long tableId, Work work, int change) {
        return tx.list(
                select(
                        "SELECT {columns} FROM sealway.checkpoint WHERE table_id = ? AND work = ? AND change = ? ORDER BY range_no"),
                Checkpoints::read,
                tableId,
                work.word(),
                change);
    }

    /**
     * Begins to walk a range, or takes the walk up where it stands: from here on its rate is measured. A finished one stays
     * finished: to walk again, {@link #reset} first.
     *
     * @param beginning made by {@link Checkpoint#wholeTable} or {@link Checkpoint#range}
     */
    public Checkpoint start(Checkpoint beginning) {
        return tx.first(
                        select("""
                                INSERT INTO sealway.checkpoint AS p
                                       (table_id, work, change, range_no, low_key, high_key, rows_total)
                                VALUES (?, ?, ?, ?, nullif(?::text[], '{}'), nullif(?::text[], '{}'), ?)
                                    ON CONFLICT (table_id, work, change, range_no) DO UPDATE
                                   SET resumed_at = now(), updated_at = now(),
                                       resumed_rows = p.rows_done + p.rows_skipped + p.rows_failed
                                RETURNING {columns}"""),
                        Checkpoints::read,
                        beginning.tableId(),
                        beginning.work().word(),
                        beginning.change(),
                        beginning.range(),
                        RowKeys.array(beginning.low()),
                        RowKeys.array(beginning.high()),
                        beginning.rowsTotal())
                .orElseThrow();
    }

    /**
     * Moves a checkpoint on.
     *
     * @param from the checkpoint as it was read or written last
     * @param to made by {@link Checkpoint#past}
     * @return {@code to}
     * @throws SealwayException refused if the checkpoint does not stand at {@code from}: somebody else walks this range
     */
    public Checkpoint advance(Checkpoint from, Checkpoint to) {
        int moved = tx.execute(
                Sql.of("""
                        UPDATE sealway.checkpoint
                           SET last_key = nullif(?::text[], '{}'), rows_done = ?, rows_skipped = ?, rows_failed = ?, updated_at = now()
                         WHERE table_id = ? AND work = ? AND change = ? AND range_no = ? AND NOT finished
                           AND last_key IS NOT DISTINCT FROM nullif(?::text[], '{}') AND rows_done = ?"""),
                RowKeys.array(to.last()),
                to.rowsDone(),
                to.rowsSkipped(),
                to.rowsFailed(),
                from.tableId(),
                from.work().word(),
                from.change(),
                from.range(),
                RowKeys.array(from.last()),
                from.rowsDone());
        refuseUnlessOne(moved, from);
        return to;
    }

    /** Whether a checkpoint stands where {@code there} says; who moves it right now is waited for. */
    public boolean standsAt(Checkpoint there) {
        return tx.isTrue(
                Sql.of("""
                        SELECT last_key IS NOT DISTINCT FROM nullif(?::text[], '{}')
                               AND (rows_done, rows_skipped, rows_failed) = (?, ?, ?)
                          FROM sealway.checkpoint
                         WHERE table_id = ? AND work = ? AND change = ? AND range_no = ? FOR UPDATE"""),
                RowKeys.array(there.last()),
                there.rowsDone(),
                there.rowsSkipped(),
                there.rowsFailed(),
                there.tableId(),
                there.work().word(),
                there.change(),
                there.range());
    }

    /** Ends a walk: its row keys are forgotten, and the total is what was counted. */
    public Checkpoint finish(Checkpoint walked) {
        Optional<Checkpoint> finished = tx.first(
                select("""
                        UPDATE sealway.checkpoint
                           SET low_key = NULL, high_key = NULL, last_key = NULL, finished = true,
                               rows_total = rows_done + rows_skipped + rows_failed, updated_at = now()
                         WHERE table_id = ? AND work = ? AND change = ? AND range_no = ? AND rows_done = ?
                     RETURNING {columns}"""),
                Checkpoints::read,
                walked.tableId(),
                walked.work().word(),
                walked.change(),
                walked.range(),
                walked.rowsDone());
        refuseUnlessOne(finished.isPresent() ? 1 : 0, walked);
        return finished.orElseThrow();
    }

    /** Forgets the walk of a change, so that the next one begins at the table's beginning. */
    public void reset(long tableId, Work work, int change) {
        tx.execute(
                Sql.of("DELETE FROM sealway.checkpoint WHERE table_id = ? AND work = ? AND change = ?"),
                tableId,
                work.word(),
                change);
    }

    private static void refuseUnlessOne(int moved, Checkpoint from) {
        if (moved != 1) {
            throw SealwayException.refused(
                    "the checkpoint of table %d, change %d, range %d has moved: another run walks this table, or it was reset; nothing was written: wait until that run ends and start again"
                            .formatted(from.tableId(), from.change(), from.range()));
        }
    }

    private static SqlFragment select(String template) {
        return Sql.of(template).with("columns", COLUMNS);
    }

    private static Checkpoint read(ResultSet row) throws SQLException {
        return new Checkpoint(
                row.getLong(1),
                Work.ofWord(row.getString(2)),
                row.getInt(3),
                row.getInt(4),
                RowKeys.read(row, 5),
                RowKeys.read(row, 6),
                RowKeys.read(row, 7),
                row.getLong(8),
                row.getLong(9),
                row.getLong(10),
                row.getLong(11),
                row.getBoolean(12));
    }
}
