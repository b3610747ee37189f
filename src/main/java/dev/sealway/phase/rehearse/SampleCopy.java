package dev.sealway.phase.rehearse;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.inventory.SavedDefinition;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.redefine.Redefinition;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Some rows of a table as they are after the drop: row key, ciphertexts and tokens, and the columns that share a
 * constraint or an index with the plaintext.
 *
 * @param table the copy under its own name
 */
record SampleCopy(WalkedTable table, long rows) {

    private static final Identifier SCHEMA = Identifier.of("sealway");

    private static final Sql CREATE =
            Sql.of("CREATE UNLOGGED TABLE {copy} AS SELECT {columns} FROM {table} t WITH NO DATA");
    /** Before the plaintext is back: a sample of it has no business in the statistics, rolled back or not. */
    private static final Sql ANALYZE = Sql.of("ANALYZE {copy} ({key})");

    /** Plaintext of other columns stays where it is, and what is generated may be made of it. */
    private static final Sql TIED = Sql.of("""
            SELECT DISTINCT a.attname
              FROM pg_catalog.pg_attribute p
              JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                                         AND d.refobjid = p.attrelid AND d.refobjsubid = p.attnum
              JOIN pg_catalog.pg_depend o ON o.classid = d.classid AND o.objid = d.objid
                                         AND o.refclassid = d.refclassid AND o.refobjid = d.refobjid
              JOIN pg_catalog.pg_attribute a ON a.attrelid = o.refobjid AND a.attnum = o.refobjsubid
             WHERE p.attrelid = CAST(? AS pg_catalog.oid) AND p.attname = ANY (?) AND NOT p.attisdropped
               AND d.classid IN ('pg_catalog.pg_constraint'::pg_catalog.regclass,
                                 'pg_catalog.pg_class'::pg_catalog.regclass)
               AND d.objid <> p.attrelid
               AND a.attnum > 0 AND a.attgenerated = '' AND NOT a.attisdropped
             ORDER BY 1""");

    static SampleCopy make(Transaction tx, WalkedTable table, int rows) {
        QualifiedName name = new QualifiedName(
                SCHEMA,
                Identifier.of("rehearsal_%s".formatted(table.registered().id())));
        Set<Identifier> columns = columns(tx, table);
        tx.executeDefinition(CREATE.with("copy", name)
                .with("columns", Sql.each("t.{name}", columns))
                .with("table", table.name()));
        long copied = new Sample(table, rows).copy(tx, name, columns);
        tx.executeDefinition(ANALYZE.with("copy", name)
                .with("key", Identifier.list(table.rowKey().names())));
        return new SampleCopy(at(table, name), copied);
    }

    /** No guard stands over the copy, which a table without registered columns does not ask for. */
    private static WalkedTable at(WalkedTable table, QualifiedName name) {
        LiveTable live = table.live();
        return new WalkedTable(
                table.registered().only(c -> false),
                new LiveTable(live.oid(), name, 'r', live.columns(), live.rowKey(), live.estimatedRows(), live.bytes()),
                table.rowKey(),
                table.columns(),
                Optional.empty());
    }

    private static Set<Identifier> columns(Transaction tx, WalkedTable table) {
        Set<Identifier> columns = new LinkedHashSet<>(table.rowKey().names());
        for (WalkedColumn column : table.columns()) {
            columns.add(column.encrypted());
            columns.addAll(column.tokenColumns());
        }
        Set<Identifier> sealed =
                table.registered().columns().stream().map(c -> c.plaintext()).collect(Collectors.toSet());
        String[] names = table.columns().stream().map(c -> c.plaintext().name()).toArray(String[]::new);
        tx.list(TIED, row -> Identifier.of(row.getString(1)), table.live().oid(), names).stream()
                .filter(c -> !sealed.contains(c))
                .forEach(columns::add);
        return columns;
    }

    /** The plaintext columns as they come back: with type and collation, nullable and empty. */
    void addColumns(Transaction tx, List<SavedDefinition> saved) {
        Redefinition redefinition = Redefinition.of(table.name(), false, saved);
        table.columns().forEach(c -> tx.executeDefinition(redefinition.bareColumn(c.plaintext())));
    }
}
