package dev.sealway.ledger;

import dev.sealway.crypto.Encoding;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** The registry's columns as they lie in {@code sealed_column}. */
final class RegisteredColumnRows {

    private final Transaction tx;

    RegisteredColumnRows(Transaction tx) {
        this.tx = tx;
    }

    List<RegisteredColumn> of(long tableId) {
        return columnsWhere("c.table_id = ?", tableId);
    }

    RegisteredColumn column(long id) {
        return columnsWhere("c.id = ?", id).get(0);
    }

    private List<RegisteredColumn> columnsWhere(String condition, Object... binds) {
        Sql sql = Sql.of("""
                SELECT c.id, c.table_id, c.plaintext, c.encrypted, c.search, c.search_normalizer, c.search_context,
                       c.search_index, c.search_bits, c.search_unique, c.search_key, c.context, c.encoding, c.cipher,
                       c.keyset, c.change, c.phase, r.state, r.generation,
                       CASE r.state WHEN 'filling' THEN r.new_search ELSE r.old_search END AS second,
                       CASE r.state WHEN 'filling' THEN r.new_key ELSE r.old_key END AS second_key
                  FROM sealway.sealed_column c
                  LEFT JOIN sealway.token_rotation r ON r.column_id = c.id AND r.state IN ('filling', 'retiring')
                 WHERE {condition}
                 ORDER BY c.id""").with("condition", Sql.of(condition));
        return tx.list(sql, RegisteredColumnRows::readColumn, binds);
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
                row.getString("cipher"),
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
                row.getBoolean("search_unique"),
                row.getLong("search_key"),
                readSecond(row)));
    }

    private static Optional<SecondToken> readSecond(ResultSet row) throws SQLException {
        if (row.getString("state") == null) {
            return Optional.empty();
        }
        return Optional.of(new SecondToken(
                Identifier.of(row.getString("second")),
                row.getLong("second_key"),
                RotationState.ofWord(row.getString("state")),
                row.getInt("generation")));
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

    RegisteredColumn insert(RegisteredTable table, NewColumn column) {
        Optional<RegisteredSearch> search = column.search();
        long id = tx.number(
                Sql.of("""
                        INSERT INTO sealway.sealed_column
                               (table_id, plaintext, plaintext_number, encrypted, context, encoding, cipher, keyset, change)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        RETURNING id"""),
                table.id(),
                column.plaintext().name().name(),
                column.plaintext().number(),
                column.encrypted().name(),
                column.context(),
                column.encoding().id(),
                column.cipher(),
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
                               search_bits = ?, search_unique = ?, search_key = ?
                         WHERE id = ?"""),
                search.column().name(),
                search.normalizer(),
                search.context(),
                search.indexName(),
                search.bits(),
                search.carryUnique(),
                search.keyId(),
                columnId);
    }

    /** False if the column is not in the phase it is said to be in. */
    boolean move(RegisteredColumn column, ColumnPhase phase, long runId) {
        Sql sql = Sql.of("""
                UPDATE sealway.sealed_column c
                   SET phase = n.phase, phase_at = now(), phase_run = n.run,
                       plaintext_number = CASE WHEN n.phase = 'reversing' THEN {plaintext} ELSE c.plaintext_number END,
                       encrypted_number = coalesce({encrypted}, c.encrypted_number),
                       search_number = coalesce({search}, c.search_number),
                       backfilled_at = CASE WHEN n.phase NOT IN ('registered', 'expanded')
                                            THEN coalesce(backfilled_at, now()) END,
                       verified_at = CASE WHEN n.phase = 'verified' THEN now()
                                          WHEN n.phase IN ('cut over', 'contracted', 'reversing') THEN verified_at END,
                       verified_run = CASE WHEN n.phase = 'verified' THEN n.run
                                           WHEN n.phase IN ('cut over', 'contracted', 'reversing') THEN verified_run END,
                       cut_over_at = CASE WHEN n.phase = 'cut over' THEN coalesce(cut_over_at, now())
                                          WHEN n.phase IN ('contracted', 'reversing') THEN cut_over_at END,
                       contracted_at = CASE WHEN n.phase IN ('contracted', 'reversing')
                                            THEN coalesce(contracted_at, now()) END
                  FROM (SELECT ?::text AS phase, ?::bigint AS run) n
                 WHERE c.id = ? AND c.phase = ?""")
                .with("plaintext", numberOf("plaintext"))
                .with("encrypted", numberOf("encrypted"))
                .with("search", numberOf("search"));
        return tx.execute(sql, phase.word(), runId, column.id(), column.phase().word()) == 1;
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
}
