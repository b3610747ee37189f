package dev.sealway.ledger;

import dev.sealway.catalog.inventory.SavedDefinition;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.List;

/**
 * Definitions of what a run dropped or changed on a table, for the way back. A column knows the run that contracted it.
 * Bound to one transaction; not thread-safe.
 */
public final class DefinitionStore {

    private final Transaction tx;

    private DefinitionStore(Transaction tx) {
        this.tx = tx;
    }

    public static DefinitionStore in(Transaction tx) {
        return new DefinitionStore(tx);
    }

    /**
     * Saves all that a run takes away from a table, in place of what it saved there before; do this in the transaction
     * that takes it away.
     */
    public void save(RegisteredTable table, long runId, List<SavedDefinition> definitions) {
        forget(table, runId);
        for (SavedDefinition saved : definitions) {
            tx.execute(Sql.of("""
                            INSERT INTO sealway.saved_definition (table_id, run_id, kind, name, definition)
                            VALUES (?, ?, ?, ?, ?)"""), table.id(), runId, saved.kind(), saved.name(), saved.definition());
        }
    }

    /** What a run took away, in the order in which it was saved. */
    public List<SavedDefinition> of(RegisteredTable table, long runId) {
        return tx.list(
                Sql.of("""
                        SELECT kind, name, definition FROM sealway.saved_definition
                         WHERE table_id = ? AND run_id = ? ORDER BY id"""),
                row -> new SavedDefinition(row.getString(1), row.getString(2), row.getString(3)),
                table.id(),
                runId);
    }

    /** After everything was made again. */
    public void forget(RegisteredTable table, long runId) {
        tx.execute(Sql.of("DELETE FROM sealway.saved_definition WHERE table_id = ? AND run_id = ?"), table.id(), runId);
    }
}
