package dev.sealway.ledger;

import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.List;

/** Rows that could not be sealed. Bound to one transaction; not thread-safe. */
public final class FailedRows {

    /**
     * A row that could not be sealed.
     *
     * @param rowKey the text forms of the row key's columns, in order
     * @param reason a code or sentence of our own, without the value
     */
    public record FailedRow(List<String> rowKey, String reason) {

        public FailedRow {
            rowKey = List.copyOf(rowKey);
        }

        /** Without the row key, which may be personal: where it is to be shown, it is asked for. */
        @Override
        public String toString() {
            return "FailedRow[%s]".formatted(reason);
        }
    }

    private final Transaction tx;

    private FailedRows(Transaction tx) {
        this.tx = tx;
    }

    public static FailedRows in(Transaction tx) {
        return new FailedRows(tx);
    }

    /** Adds a row, or changes the reason of one that was added before. */
    public void add(RegisteredColumn column, List<String> rowKey, String reason) {
        remove(column, rowKey);
        tx.execute(
                Sql.of("INSERT INTO sealway.failed_row (column_id, row_key, reason) VALUES (?, ?, ?)"),
                column.id(),
                RowKeys.array(rowKey),
                reason);
    }

    public void remove(RegisteredColumn column, List<String> rowKey) {
        tx.execute(
                Sql.of("DELETE FROM sealway.failed_row WHERE column_id = ? AND row_key = ?"),
                column.id(),
                RowKeys.array(rowKey));
    }

    /** Before a pass over all rows that are still dirty, which adds those that fail again. */
    public void clear(RegisteredColumn column) {
        tx.execute(Sql.of("DELETE FROM sealway.failed_row WHERE column_id = ?"), column.id());
    }

    /** The first that were added. */
    public List<FailedRow> of(RegisteredColumn column, int limit) {
        return tx.list(
                Sql.of("SELECT row_key, reason FROM sealway.failed_row WHERE column_id = ? ORDER BY id LIMIT ?"),
                row -> new FailedRow(RowKeys.read(row, 1).orElseThrow(), row.getString(2)),
                column.id(),
                limit);
    }

    public long count(RegisteredColumn column) {
        return tx.number(Sql.of("SELECT count(*) FROM sealway.failed_row WHERE column_id = ?"), column.id());
    }
}
