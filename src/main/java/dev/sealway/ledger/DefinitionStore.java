package dev.sealway.ledger;

import dev.sealway.catalog.inventory.SavedDefinition;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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

    /** What these columns lost when they were cut over, as far as they were, and what hung on several of them. */
    public List<SavedDefinition> takenAtCutOver(RegisteredTable table, List<RegisteredColumn> columns) {
        Registry registry = Registry.in(tx);
        Set<String> names = columns.stream().map(c -> c.plaintext().name()).collect(Collectors.toSet());
        return columns.stream()
                .filter(c -> c.phase() == ColumnPhase.CUT_OVER)
                .flatMap(c -> registry.runOfPhase(c).stream())
                .distinct()
                .flatMap(run -> SavedDefinition.of(names, of(table, run)).stream())
                .toList();
    }

    /** The runs that dropped these columns, each the last one for its column. */
    public List<Long> dropsOf(RegisteredTable table, List<RegisteredColumn> columns) {
        return tx.list(
                Sql.of("""
                        SELECT DISTINCT max(run_id) FROM sealway.saved_definition
                         WHERE table_id = ? AND kind = 'type' AND name = ANY (?) GROUP BY name ORDER BY 1"""),
                row -> row.getLong(1),
                table.id(),
                columns.stream().map(c -> c.plaintext().name()).toArray(String[]::new));
    }

    /** After what a run took away was made again: what it saved for these columns, and what hung on them. */
    public void forgetGivenBack(RegisteredTable table, long runId, List<String> columns) {
        SavedDefinition.of(columns, of(table, runId)).stream()
                .filter(s -> !s.kind().equals(SavedDefinition.TABLE))
                .forEach(s -> tx.execute(Sql.of("""
                                DELETE FROM sealway.saved_definition
                                 WHERE table_id = ? AND run_id = ? AND kind = ? AND name = ?"""), table.id(), runId, s.kind(), s.name()));
    }

    /** After everything was made again. */
    public void forget(RegisteredTable table, long runId) {
        tx.execute(Sql.of("DELETE FROM sealway.saved_definition WHERE table_id = ? AND run_id = ?"), table.id(), runId);
    }
}
