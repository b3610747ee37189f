package dev.sealway.cli.demo;

import dev.sealway.Sealway;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.plan.DerivedNames;
import dev.sealway.workflow.SealedField;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the database itself says, by plain SQL, and what the keys make of its ciphertexts. */
final class DatabaseProof {
    private static final Sql COLUMNS = Sql.of("""
            SELECT pg_catalog.count(*) FROM information_schema.columns
             WHERE table_schema || '.' || table_name || '.' || column_name = ANY (?)""");
    private static final Sql TABLES = Sql.of("""
            SELECT table_schema, table_name FROM information_schema.tables
             WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')
             ORDER BY 1, 2""");
    private static final Sql CANARIES =
            Sql.of("SELECT pg_catalog.count(*) FROM {table} AS t WHERE t::pg_catalog.text LIKE ANY (?)");
    private static final Sql ONE_VALUE = Sql.of("SELECT {column} FROM {table} WHERE {key}");

    /** The tables that the old application writes to have keys of whole numbers. */
    private static final Sql KEY_IS = Sql.of("{column} = ?::bigint");

    private final Database database;
    private final Sealway sealway;

    DatabaseProof(Database database, Sealway sealway) {
        this.database = database;
        this.sealway = sealway;
    }

    /** How many of the plan's plaintext columns the catalogue shows. */
    long plaintextColumns() {
        return number(COLUMNS, "asking for the plaintext columns", (Object)
                sealway.plan().columnNames().toArray(String[]::new));
    }

    /** How many of their encrypted columns it shows. */
    long encryptedColumns() {
        return number(COLUMNS, "asking for the encrypted columns", (Object) sealway.plan().columnNames().stream()
                .map(DerivedNames::encrypted)
                .toArray(String[]::new));
    }

    /** How many rows hold a canary, in any table of any schema of users, Sealway's own included. */
    long rowsWithCanaries() {
        return tables().stream()
                .mapToLong(table ->
                        number(CANARIES.with("table", table), "searching %s for canaries".formatted(table), (Object)
                                Canaries.patterns()))
                .sum();
    }

    private List<QualifiedName> tables() {
        return database.inTransaction(
                TransactionSettings.reading(),
                "listing the tables",
                tx -> tx.list(TABLES, row -> QualifiedName.of(row.getString(1), row.getString(2))));
    }

    private long number(Sql sql, String doing, Object... binds) {
        return database.inTransaction(TransactionSettings.reading(), doing, tx -> tx.number(sql, binds));
    }

    /** Opens what the old application wrote last, value by value. */
    long wrongAmong(Map<OldApplication.Cell, @Nullable String> written) {
        Map<String, SealedField> fields = new HashMap<>();
        return database.inTransaction(
                TransactionSettings.reading(), "looking up what was written", tx -> written.entrySet().stream()
                        .filter(entry -> {
                            OldApplication.Cell cell = entry.getKey();
                            String column = "public.%s.%s".formatted(cell.table(), cell.column());
                            return !found(tx, fields.computeIfAbsent(column, sealway::column), cell)
                                    .equals(List.of(Optional.ofNullable(entry.getValue())));
                        })
                        .count());
    }

    private static List<Optional<String>> found(Transaction tx, SealedField field, OldApplication.Cell cell) {
        String[] key = cell.key().toArray(String[]::new);
        return tx.list(
                oneValue(cell),
                row -> Optional.ofNullable(row.getBytes(1)).map(ciphertext -> field.open(ciphertext, key)),
                (Object[]) key);
    }

    private static Sql oneValue(OldApplication.Cell cell) {
        List<String> key = SampleTable.all().stream()
                .filter(t -> t.name().table().equals(cell.table()))
                .findFirst()
                .orElseThrow()
                .key();
        return ONE_VALUE
                .with("column", Identifier.of(DerivedNames.encrypted(cell.column())))
                .with("table", QualifiedName.of("public", cell.table()))
                .with(
                        "key",
                        Sql.join(
                                " AND ",
                                key.stream()
                                        .map(k -> KEY_IS.with("column", Identifier.of(k)))
                                        .toList()));
    }
}
