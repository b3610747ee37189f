package dev.sealway.ledger;

import dev.sealway.catalog.LiveColumn;
import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.RowKey;
import dev.sealway.crypto.Encoding;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.jdbc.TypeName;
import dev.sealway.plan.Binding;
import dev.sealway.plan.Mode;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** A database with the ledger and a table {@code public.users}, and short ways to write to the ledger. */
final class LedgerFixture {

    static final RegisteredSearch EMAIL_SEARCH = RegisteredSearch.planned(
                    Identifier.of("email_search"), "email/1", "public.users.email", "eq", 128, false)
            .withKey(7);

    private final TestDatabase testDatabase;
    private final Database database;

    LedgerFixture(TestDatabase testDatabase) throws SQLException {
        this.testDatabase = testDatabase;
        this.database = Database.of(testDatabase.dataSource());
        testDatabase.execute("CREATE TABLE users (id bigint PRIMARY KEY, email text, phone text)");
        LedgerSchema.install(database);
    }

    Database database() {
        return database;
    }

    <T> T reading(Function<Transaction, T> work) {
        return database.inTransaction(TransactionSettings.reading(), "reading in a test", work);
    }

    <T> T writing(Function<Transaction, T> work) {
        return database.inTransaction(TransactionSettings.writing(), "writing in a test", work);
    }

    void write(Consumer<Transaction> work) {
        writing(tx -> {
            work.accept(tx);
            return true;
        });
    }

    static NewColumn column(LiveTable table, String name) {
        return new NewColumn(
                table.column(name).orElseThrow(),
                Identifier.of("%s_encrypted".formatted(name)),
                name.equals("email") ? Optional.of(EMAIL_SEARCH) : Optional.empty(),
                "public.users.%s".formatted(name),
                Encoding.parse("pgtext/1"),
                "tink",
                "data/default",
                1);
    }

    RegisteredTable register(Binding binding, String... columns) {
        return writing(tx -> {
            LiveTable live = live(tx, "users");
            Registry registry = Registry.in(tx);
            RegisteredTable table = registry.register("alphapulse", live, Mode.EXPAND, binding);
            for (String column : columns) {
                registry.register(table, column(live, column));
            }
            return registry.table(table.id()).orElseThrow();
        });
    }

    /** What expand would do, for a column of {@code public.users}. */
    RegisteredColumn expand(RegisteredColumn column) throws SQLException {
        testDatabase.execute("ALTER TABLE users ADD COLUMN \"%s\" bytea".formatted(column.encrypted()));
        if (column.search().isPresent()) {
            testDatabase.execute("ALTER TABLE users ADD COLUMN \"%s\" bytea"
                    .formatted(column.search().get().column()));
        }
        return move(column, ColumnPhase.EXPANDED);
    }

    RegisteredColumn move(RegisteredColumn column, ColumnPhase phase) {
        return writing(tx -> {
            long run = Runs.in(tx).begin("test", "alphapulse");
            return Registry.in(tx).moveTo(column, phase, run);
        });
    }

    /** A table of any schema, as the catalogue room would read it but for what the ledger never looks at. */
    static LiveTable live(Transaction tx, String name) {
        return live(tx, tx.number(Sql.of("SELECT oid::bigint FROM pg_catalog.pg_class WHERE relname = ?"), name));
    }

    static LiveTable live(Transaction tx, long oid) {
        List<LiveColumn> columns = tx.list(
                Sql.of("""
                        SELECT attname, attnum, attnotnull FROM pg_catalog.pg_attribute
                         WHERE attrelid = ?::bigint::oid AND attnum > 0 AND NOT attisdropped ORDER BY attnum"""),
                row -> new LiveColumn(
                        Identifier.of(row.getString(1)),
                        row.getInt(2),
                        new TypeName("text"),
                        "text",
                        'b',
                        row.getBoolean(3),
                        false,
                        false,
                        Optional.empty()),
                oid);
        List<Long> key = tx.list(
                Sql.of(
                        "SELECT unnest(conkey) FROM pg_catalog.pg_constraint WHERE conrelid = ?::bigint::oid AND contype = 'p'"),
                row -> row.getLong(1),
                oid);
        RowKey rowKey = new RowKey(
                key.stream()
                        .map(number -> columns.stream()
                                .filter(c -> c.number() == number)
                                .findFirst()
                                .orElseThrow())
                        .toList(),
                Identifier.of("users_pkey"));
        QualifiedName name = tx.first(Sql.of("""
                                SELECT n.nspname, c.relname
                                  FROM pg_catalog.pg_class c
                                  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                                 WHERE c.oid = ?::bigint::oid"""), row -> QualifiedName.of(row.getString(1), row.getString(2)), oid)
                .orElseThrow();
        return new LiveTable(oid, name, 'r', columns, Optional.of(rowKey), -1, 0);
    }
}
