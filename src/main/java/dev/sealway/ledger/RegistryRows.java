package dev.sealway.ledger;

import dev.sealway.catalog.LiveColumn;
import dev.sealway.catalog.LiveTable;
import dev.sealway.crypto.Encoding;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.plan.Binding;
import dev.sealway.plan.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The registry's rows as they lie in {@code sealed_table} and {@code sealed_column}. */
final class RegistryRows {

    private final Transaction tx;

    RegistryRows(Transaction tx) {
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
                SELECT id, plan, table_schema, table_name, oid::bigint, binding
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
                Binding.valueOf(row.getString(6).toUpperCase(Locale.ROOT)),
                List.of());
    }

    private RegisteredTable withColumns(RegisteredTable table) {
        return new RegisteredTable(
                table.id(), table.plan(), table.name(), table.oid(), table.binding(), columns(table.id()));
    }

    List<RegisteredColumn> columns(long tableId) {
        return columnsWhere("table_id = ?", tableId);
    }

    RegisteredColumn column(long id) {
        return columnsWhere("id = ?", id).get(0);
    }

    private List<RegisteredColumn> columnsWhere(String condition, Object... binds) {
        Sql sql = Sql.of("""
                SELECT id, table_id, plaintext, encrypted, search, search_normalizer, search_context, search_index,
                       search_bits, search_unique, context, encoding, keyset, change, phase
                  FROM sealway.sealed_column
                 WHERE {condition}
                 ORDER BY id""").with("condition", Sql.of(condition));
        return tx.list(sql, RegistryRows::readColumn, binds);
    }

    private static RegisteredColumn readColumn(ResultSet row) throws SQLException {
        return new RegisteredColumn(
                row.getLong("id"),
                row.getLong("table_id"),
                Identifier.of(row.getString("plaintext")),
                Identifier.of(row.getString("encrypted")),
                readSearch(row),
                row.getString("context"),
                Encoding.parse(row.getString("encoding")),
                row.getString("keyset"),
                row.getInt("change"),
                ColumnPhase.ofWord(row.getString("phase")));
    }

    private static Optional<RegisteredSearch> readSearch(ResultSet row) throws SQLException {
        if (row.getString("search") == null) {
            return Optional.empty();
        }
        return Optional.of(new RegisteredSearch(
                Identifier.of(row.getString("search")),
                row.getString("search_normalizer"),
                row.getString("search_context"),
                row.getString("search_index"),
                row.getInt("search_bits"),
                row.getBoolean("search_unique")));
    }

    /** {@code schema.table.column} for messages. */
    String describe(long columnId) {
        return describeWhere("c.id = ?", columnId).orElse("(forgotten)");
    }

    Optional<String> columnWithContext(String context) {
        return describeWhere("c.context = ?", context);
    }

    private Optional<String> describeWhere(String condition, Object bind) {
        Sql sql = Sql.of("""
                SELECT pg_catalog.format('%s.%s.%s', t.table_schema, t.table_name, c.plaintext)
                  FROM sealway.sealed_column c
                  JOIN sealway.sealed_table t ON t.id = c.table_id
                 WHERE {condition}""").with("condition", Sql.of(condition));
        return tx.first(sql, row -> row.getString(1), bind);
    }

    RegisteredTable insert(String plan, LiveTable table, Binding binding) {
        List<LiveColumn> rowKey = Rebinding.columns(table);
        long id = tx.number(
                Sql.of("""
                        INSERT INTO sealway.sealed_table
                               (plan, table_schema, table_name, oid, home, binding, row_key, row_key_numbers)
                        VALUES (?, ?, ?, ?::bigint::oid, {home}, ?, ?, ?)
                        RETURNING id""").with("home", Rebinding.HOME),
                plan,
                table.name().schema().name(),
                table.name().name().name(),
                table.oid(),
                binding.name().toLowerCase(Locale.ROOT),
                Rebinding.names(rowKey),
                Rebinding.numbers(rowKey));
        return table(id).orElseThrow();
    }

    RegisteredColumn insert(RegisteredTable table, NewColumn column) {
        Optional<RegisteredSearch> search = column.search();
        long id = tx.number(
                Sql.of("""
                        INSERT INTO sealway.sealed_column
                               (table_id, plaintext, plaintext_number, encrypted, context, encoding, keyset, change)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                        RETURNING id"""),
                table.id(),
                column.plaintext().name().name(),
                column.plaintext().number(),
                column.encrypted().name(),
                column.context(),
                column.encoding().id(),
                column.keyset(),
                column.change());
        search.ifPresent(s -> insertSearch(id, s));
        return column(id);
    }

    private void insertSearch(long columnId, RegisteredSearch search) {
        tx.execute(
                Sql.of("""
                        UPDATE sealway.sealed_column
                           SET search = ?, search_normalizer = ?, search_context = ?, search_index = ?,
                               search_bits = ?, search_unique = ?
                         WHERE id = ?"""),
                search.column().name(),
                search.normalizer(),
                search.context(),
                search.indexName(),
                search.bits(),
                search.carryUnique(),
                columnId);
    }

    /** False if the column is not in the phase it is said to be in. */
    boolean move(RegisteredColumn column, ColumnPhase phase, long runId) {
        boolean backfilled = phase.isAtLeast(ColumnPhase.BACKFILLED);
        boolean verified = phase.isAtLeast(ColumnPhase.VERIFIED);
        boolean verifiedNow = phase == ColumnPhase.VERIFIED;
        Sql sql = Sql.of("""
                UPDATE sealway.sealed_column c
                   SET phase = ?, phase_at = now(), phase_run = ?,
                       encrypted_number = coalesce({encrypted}, c.encrypted_number),
                       search_number = coalesce({search}, c.search_number),
                       backfilled_at = CASE WHEN ? THEN coalesce(backfilled_at, now()) END,
                       verified_at = CASE WHEN ? THEN now() WHEN ? THEN verified_at END,
                       verified_run = CASE WHEN ? THEN ? WHEN ? THEN verified_run END,
                       contracted_at = CASE WHEN ? THEN now() END
                 WHERE id = ? AND phase = ?""").with("encrypted", numberOf("encrypted")).with("search", numberOf("search"));
        int moved = tx.execute(
                sql,
                phase.word(),
                runId,
                backfilled,
                verifiedNow,
                verified,
                verifiedNow,
                runId,
                verified,
                phase == ColumnPhase.CONTRACTED,
                column.id(),
                column.phase().word());
        return moved == 1;
    }

    /** The number of the column that the ledger's {@code role} names, null if the table does not have it. */
    private static Sql numberOf(String role) {
        return Sql.of("""
                (SELECT a.attnum::int
                   FROM sealway.sealed_table t
                   JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid
                  WHERE t.id = c.table_id AND a.attname = c.{role} AND a.attnum > 0 AND NOT a.attisdropped)""").with("role", Identifier.of(role));
    }

    Optional<Verification> verification(long columnId) {
        return tx.first(
                Sql.of("""
                        SELECT verified_run, verified_at
                          FROM sealway.sealed_column
                         WHERE id = ? AND verified_at IS NOT NULL"""),
                row -> new Verification(
                        row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant()),
                columnId);
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
