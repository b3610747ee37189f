package dev.sealway.ledger;

import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.Optional;

/**
 * What each table's definition looked like when it was verified: contract refuses one that has changed since. Bound to
 * one transaction; not thread-safe.
 */
public final class VerifiedTables {

    private final Transaction tx;

    private VerifiedTables(Transaction tx) {
        this.tx = tx;
    }

    public static VerifiedTables in(Transaction tx) {
        return new VerifiedTables(tx);
    }

    public void remember(RegisteredTable table, int change, String fingerprint, long runId) {
        tx.execute(Sql.of("""
                        INSERT INTO sealway.verified_table (table_id, change, fingerprint, run_id) VALUES (?, ?, ?, ?)
                            ON CONFLICT (table_id, change) DO UPDATE
                           SET fingerprint = excluded.fingerprint, run_id = excluded.run_id, at = now()"""), table.id(), change, fingerprint, runId);
    }

    /** The definition's fingerprint at the last verify of a change. */
    public Optional<String> fingerprint(RegisteredTable table, int change) {
        return tx.first(
                Sql.of("SELECT fingerprint FROM sealway.verified_table WHERE table_id = ? AND change = ?"),
                row -> row.getString(1),
                table.id(),
                change);
    }
}
