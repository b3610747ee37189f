package dev.sealway.ledger;

import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.List;

/** Definitions of what was dropped or changed, for the way back. Bound to one transaction; not thread-safe. */
public final class SavedDefinitions {

    /**
     * A saved definition.
     *
     * @param kind what it defines, {@code index} or {@code default}
     * @param name the object's name
     * @param definition as the catalogue prints it
     */
    public record Saved(String kind, String name, String definition) {}

    private final Transaction tx;

    private SavedDefinitions(Transaction tx) {
        this.tx = tx;
    }

    public static SavedDefinitions in(Transaction tx) {
        return new SavedDefinitions(tx);
    }

    /**
     * Saves a definition that goes when {@code column} goes, in place of an earlier one of that kind and name: save
     * before the change, in its own transaction.
     */
    public void save(RegisteredColumn column, String kind, String name, String definition) {
        tx.execute(Sql.of("""
                        INSERT INTO sealway.saved_definition AS d (column_id, kind, name, definition)
                        VALUES (?, ?, ?, ?)
                            ON CONFLICT (column_id, kind, name) DO UPDATE
                           SET definition = excluded.definition, saved_at = now()"""), column.id(), kind, name, definition);
    }

    /** In the order in which they were saved first. */
    public List<Saved> of(RegisteredColumn column) {
        return tx.list(
                Sql.of("""
                        SELECT kind, name, definition FROM sealway.saved_definition
                         WHERE column_id = ? ORDER BY id"""), row -> new Saved(row.getString(1), row.getString(2), row.getString(3)), column.id());
    }

    public void forget(RegisteredColumn column) {
        tx.execute(Sql.of("DELETE FROM sealway.saved_definition WHERE column_id = ?"), column.id());
    }
}
