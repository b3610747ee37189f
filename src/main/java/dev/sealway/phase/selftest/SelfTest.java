package dev.sealway.phase.selftest;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts one row of sealed test values into a copy of a table, reads it back as it lies there, and opens it.
 *
 * <p>The copy has the columns that Sealway writes, with their types and shape checks, and nothing else: a row in the table
 * itself would need values for other people's columns, fire their triggers and use up their sequences. It lives in one
 * transaction that is always rolled back, unlogged and seen by nobody else. The table is not touched. Thread-safe.
 */
public final class SelfTest {

    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(2);
    private static final Identifier SCHEMA = Identifier.of("sealway");

    private static final Sql CREATE =
            Sql.of("CREATE UNLOGGED TABLE {copy} AS SELECT {columns} FROM {table} t WITH NO DATA");
    private static final Sql CHECKS = Sql.of("""
            SELECT pg_catalog.pg_get_constraintdef(oid) FROM pg_catalog.pg_constraint
             WHERE conrelid = CAST(? AS pg_catalog.oid) AND contype = 'c' AND conname = ANY (?)""");
    private static final Sql ADD_CHECK = Sql.of("ALTER TABLE {copy} ADD {check}");

    private final Database database;

    public SelfTest(Database database) {
        this.database = database;
    }

    /** @param table with the columns that are tested */
    public List<SelfTestReport.Column> run(WalkedTable table) {
        try (Session session = database.open()) {
            return session.rolledBack(
                    TransactionSettings.writing().lockTimeout(LOCK_TIMEOUT),
                    "testing a sealed row of %s".formatted(table.name()),
                    tx -> {
                        QualifiedName copy = copy(tx, table);
                        return table.columns().stream()
                                .map(c -> new SealedRow(tx, table, c, copy).test())
                                .toList();
                    });
        }
    }

    private static QualifiedName copy(Transaction tx, WalkedTable table) {
        QualifiedName copy = new QualifiedName(
                SCHEMA, Identifier.of("selftest_%s".formatted(table.registered().id())));
        Set<Identifier> columns = new LinkedHashSet<>();
        for (WalkedColumn column : table.columns()) {
            columns.add(column.encrypted());
            columns.addAll(column.tokenColumns());
        }
        tx.executeDefinition(CREATE.with("copy", copy)
                .with("columns", Sql.each("t.{name}", columns))
                .with("table", table.name()));
        String[] shapes = table.columns().stream()
                .map(c -> "sealway_shape_%s".formatted(c.registered().id()))
                .toArray(String[]::new);
        for (String check :
                tx.list(CHECKS, row -> row.getString(1), table.live().oid(), shapes)) {
            tx.executeDefinition(ADD_CHECK.with("copy", copy).with("check", Sql.trusted(check)));
        }
        return copy;
    }
}
