package dev.sealway.jdbc;

import java.util.List;

/**
 * An index that is built without blocking writers.
 *
 * <p>A build that failed or was killed leaves an INVALID index, which is dropped and built again; a valid one of this
 * name is kept. On a partitioned table each partition's index is built first, and the parent then adopts them.
 *
 * @param name in the table's schema
 * @param definition what follows the table's name: columns in parentheses, INCLUDE, WHERE
 */
public record ConcurrentIndex(QualifiedName table, Identifier name, boolean unique, Sql definition) {

    private static final Sql STATE = Sql.of("""
            SELECT i.indisvalid FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relname = ? AND n.nspname = ?""");
    private static final Sql LEAVES = Sql.of("""
            SELECT n.nspname, c.relname, c.oid FROM pg_catalog.pg_partition_tree(?::pg_catalog.regclass) p
              JOIN pg_catalog.pg_class c ON c.oid = p.relid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE p.isleaf AND p.level > 0 ORDER BY c.oid""");
    private static final Sql CREATE = Sql.of("CREATE {unique} INDEX {concurrently} {name} ON {table} {definition}");

    private record Leaf(QualifiedName table, long oid) {}

    /** @return whether it was built now; false if it was there */
    public boolean build(Session session) {
        List<Boolean> valid = session.inTransaction(
                TransactionSettings.reading(),
                "looking for index %s".formatted(name),
                tx -> tx.list(
                        STATE,
                        row -> row.getBoolean(1),
                        name.name(),
                        table.schema().name()));
        if (valid.contains(true)) {
            return false;
        }
        List<Leaf> leaves = session.inTransaction(
                TransactionSettings.reading(),
                "listing the partitions of %s".formatted(table),
                tx -> tx.list(
                        LEAVES,
                        row -> new Leaf(QualifiedName.of(row.getString(1), row.getString(2)), row.getLong(3)),
                        table.sql()));
        if (!valid.isEmpty()) {
            drop(session);
        }
        if (leaves.isEmpty()) {
            session.executeAlone(create("CONCURRENTLY", table, name), building());
        } else {
            buildByPartition(session, leaves);
        }
        return true;
    }

    private void buildByPartition(Session session, List<Leaf> leaves) {
        for (Leaf leaf : leaves) {
            Identifier leafName = Identifier.of(
                    "sealway_%d_%08x".formatted(leaf.oid, name.name().hashCode()));
            new ConcurrentIndex(leaf.table, leafName, unique, definition).build(session);
        }
        session.executeAlone(create("", table, name), building());
    }

    private void drop(Session session) {
        session.executeAlone(
                Sql.of("DROP INDEX {index}").with("index", new QualifiedName(table.schema(), name)),
                "dropping the unfinished index %s".formatted(name));
    }

    private Sql create(String concurrently, QualifiedName on, Identifier indexName) {
        return CREATE.with("unique", Sql.of(unique ? "UNIQUE" : ""))
                .with("concurrently", Sql.of(concurrently))
                .with("name", indexName)
                .with("table", on)
                .with("definition", definition);
    }

    private String building() {
        return "building index %s on %s".formatted(name, table);
    }
}
