package dev.sealway.ledger;

import dev.sealway.catalog.LiveColumn;
import dev.sealway.catalog.LiveTable;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.plan.Binding;
import dev.sealway.plan.Mode;
import dev.sealway.plan.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The registry's tables as they lie in {@code sealed_table}. */
final class RegisteredTableRows {

    private final Transaction tx;

    RegisteredTableRows(Transaction tx) {
        this.tx = tx;
    }

    /** Lets one transaction at a time look for a row and insert it; readers go on. */
    void lock() {
        tx.execute(Sql.of("LOCK TABLE sealway.sealed_table IN SHARE ROW EXCLUSIVE MODE"));
    }

    Optional<RegisteredTable> table(TableName name) {
        return tablesWhere("table_schema = ? AND table_name = ?", name.schema(), name.table()).stream()
                .findFirst();
    }

    Optional<RegisteredTable> table(long id) {
        return tablesWhere("id = ?", id).stream().findFirst();
    }

    List<RegisteredTable> tables(String plan) {
        return tablesWhere("plan = ?", plan);
    }

    List<RegisteredTable> tables() {
        return tablesWhere("true");
    }

    private List<RegisteredTable> tablesWhere(String condition, Object... binds) {
        Sql sql = Sql.of("""
                SELECT id, plan, table_schema, table_name, oid::bigint, mode, binding
                  FROM sealway.sealed_table
                 WHERE {condition}
                 ORDER BY id""").with("condition", Sql.of(condition));
        return tx.list(sql, this::readTable, binds).stream()
                .map(this::withColumns)
                .toList();
    }

    private RegisteredTable readTable(ResultSet row) throws SQLException {
        return new RegisteredTable(
                row.getLong(1),
                row.getString(2),
                QualifiedName.of(row.getString(3), row.getString(4)),
                row.getLong(5),
                mode(row.getString(6)),
                Binding.valueOf(row.getString(7).toUpperCase(Locale.ROOT)),
                List.of());
    }

    private static Mode mode(String word) {
        return Arrays.stream(Mode.values())
                .filter(m -> m.word().equals(word))
                .findFirst()
                .orElseThrow();
    }

    private RegisteredTable withColumns(RegisteredTable table) {
        return new RegisteredTable(
                table.id(),
                table.plan(),
                table.name(),
                table.oid(),
                table.mode(),
                table.binding(),
                new RegisteredColumnRows(tx).of(table.id()));
    }

    RegisteredTable insert(String plan, LiveTable table, Mode mode, Binding binding) {
        List<LiveColumn> rowKey = Rebinding.columns(table);
        long id = tx.number(
                Sql.of("""
                        INSERT INTO sealway.sealed_table
                               (plan, table_schema, table_name, oid, home, mode, binding, row_key, row_key_numbers)
                        VALUES (?, ?, ?, ?::bigint::oid, {home}, ?, ?, ?, ?)
                        RETURNING id""").with("home", Rebinding.HOME),
                plan,
                table.name().schema().name(),
                table.name().name().name(),
                table.oid(),
                mode.word(),
                binding.name().toLowerCase(Locale.ROOT),
                Rebinding.names(rowKey),
                Rebinding.numbers(rowKey));
        return table(id).orElseThrow();
    }

    /** What a change or table leaves behind goes with its last column; {@code recheck} has no key that does it. */
    void delete(RegisteredColumn column) {
        tx.execute(Sql.of("DELETE FROM sealway.sealed_column WHERE id = ?"), column.id());
        deleteUnlessUsed("checkpoint", column);
        deleteUnlessUsed("verified_table", column);
        int tables = tx.execute(Sql.of("""
                        DELETE FROM sealway.sealed_table t
                         WHERE t.id = ? AND NOT EXISTS (SELECT FROM sealway.sealed_column c WHERE c.table_id = t.id)"""), column.tableId());
        if (tables == 1) {
            tx.execute(Sql.of("DELETE FROM sealway.recheck WHERE table_id = ?"), column.tableId());
        }
    }

    private void deleteUnlessUsed(String ledgerTable, RegisteredColumn column) {
        Sql sql = Sql.of("""
                DELETE FROM {table} x
                 WHERE x.table_id = ? AND x.change = ?
                   AND NOT EXISTS (SELECT FROM sealway.sealed_column c
                                    WHERE c.table_id = x.table_id AND c.change = x.change)""").with("table", QualifiedName.of("sealway", ledgerTable));
        tx.execute(sql, column.tableId(), column.change());
    }
}
