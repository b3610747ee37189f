package dev.sealway.ledger;

import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.List;

/** Compatibility views of ours, which may be replaced and dropped. Bound to one transaction; not thread-safe. */
public final class SealedViews {

    private final Transaction tx;

    private SealedViews(Transaction tx) {
        this.tx = tx;
    }

    public static SealedViews in(Transaction tx) {
        return new SealedViews(tx);
    }

    public void remember(RegisteredTable table, QualifiedName view) {
        tx.execute(Sql.of("""
                        INSERT INTO sealway.sealed_view (table_id, view_schema, view_name) VALUES (?, ?, ?)
                            ON CONFLICT (view_schema, view_name) DO UPDATE SET table_id = excluded.table_id"""), table.id(), view.schema().name(), view.name().name());
    }

    /** The views over a table, by name. */
    public List<QualifiedName> of(RegisteredTable table) {
        return tx.list(Sql.of("""
                        SELECT view_schema, view_name FROM sealway.sealed_view
                         WHERE table_id = ? ORDER BY view_schema, view_name"""), row -> QualifiedName.of(row.getString(1), row.getString(2)), table.id());
    }

    public void forget(QualifiedName view) {
        tx.execute(
                Sql.of("DELETE FROM sealway.sealed_view WHERE view_schema = ? AND view_name = ?"),
                view.schema().name(),
                view.name().name());
    }
}
