package dev.sealway.ledger;

import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.Collection;
import java.util.List;

/**
 * Rows that a trigger saw change between verify and the barrier. One row may be here several times. Bound to one
 * transaction; not thread-safe.
 */
public final class Recheck {

    private final Transaction tx;

    private Recheck(Transaction tx) {
        this.tx = tx;
    }

    public static Recheck in(Transaction tx) {
        return new Recheck(tx);
    }

    /** The oldest entries; they stay until they are removed. */
    public List<RecheckEntry> take(RegisteredTable table, int limit) {
        return tx.list(
                Sql.of("SELECT id, row_key FROM sealway.recheck WHERE table_id = ? ORDER BY id LIMIT ?"),
                row -> new RecheckEntry(row.getLong(1), RowKeys.read(row, 2).orElseThrow()),
                table.id(),
                limit);
    }

    public void remove(Collection<Long> ids) {
        tx.execute(Sql.of("DELETE FROM sealway.recheck WHERE id = ANY (?)"), (Object) ids.toArray(Long[]::new));
    }

    public void clear(RegisteredTable table) {
        tx.execute(Sql.of("DELETE FROM sealway.recheck WHERE table_id = ?"), table.id());
    }

    public long count(RegisteredTable table) {
        return tx.number(Sql.of("SELECT count(*) FROM sealway.recheck WHERE table_id = ?"), table.id());
    }
}
