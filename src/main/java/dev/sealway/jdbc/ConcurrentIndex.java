package dev.sealway.jdbc;

import dev.sealway.error.SealwayException;
import dev.sealway.patience.Patience;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
            SELECT i.indisvalid, i.indrelid = ?::pg_catalog.regclass AND i.indisunique = ?
              FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relname = ? AND n.nspname = ?""");
    private static final Sql LEAVES = Sql.of("""
            SELECT n.nspname, c.relname, c.oid FROM pg_catalog.pg_partition_tree(?::pg_catalog.regclass) p
              JOIN pg_catalog.pg_class c ON c.oid = p.relid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE p.isleaf AND p.level > 0 ORDER BY c.oid""");
    private static final Sql CREATE = Sql.of("CREATE {unique} INDEX {concurrently} {name} ON {table} {definition}");

    /** Pauses of fixed length: nobody else waits for the same lock in the same rhythm. */
    private static final ShortLock SHORT_LOCK = new ShortLock(
            new Patience(10, Duration.ofMillis(200), Duration.ofSeconds(5), () -> 0), Duration.ofMillis(1500));

    private record Leaf(QualifiedName table, long oid) {}

    /**
     * @return whether it was built now; false if it was there
     * @throws SealwayException if another table, or an index of another kind, has its name
     */
    public boolean build(Session session) {
        return SHORT_LOCK.patience().retry(() -> attempt(session));
    }

    /** One that a lost connection or a deadlock left INVALID is found by the next attempt. */
    private boolean attempt(Session session) {
        Optional<Boolean> valid = session.inTransaction(
                TransactionSettings.reading(), "looking for index %s".formatted(name), this::isValid);
        if (valid.isPresent() && valid.get()) {
            return false;
        }
        List<Leaf> leaves = session.inTransaction(
                TransactionSettings.reading(),
                "listing the partitions of %s".formatted(table),
                tx -> tx.list(
                        LEAVES,
                        row -> new Leaf(QualifiedName.of(row.getString(1), row.getString(2)), row.getLong(3)),
                        table.sql()));
        if (valid.isPresent()) {
            drop(session, leaves.isEmpty());
        }
        if (leaves.isEmpty()) {
            session.executeAlone(create("CONCURRENTLY", table, name), building());
        } else {
            buildByPartition(session, leaves);
        }
        return true;
    }

    /** Takes the index away, finished or not, without blocking writers; nothing happens if it is not there. */
    public void remove(Session session) {
        record Found(boolean there, boolean partitioned) {}
        Found found = session.inTransaction(
                TransactionSettings.reading(),
                "looking for index %s".formatted(name),
                tx -> new Found(
                        isValid(tx).isPresent(),
                        !tx.list(LEAVES, row -> row.getLong(3), table.sql()).isEmpty()));
        if (found.there()) {
            drop(session, !found.partitioned());
        }
    }

    /** Whether it stands, and is valid. */
    public boolean isBuilt(Transaction tx) {
        return isValid(tx).orElse(false);
    }

    /** Builds it in the caller's transaction, which keeps writers out. */
    public void buildIn(Transaction tx) {
        tx.executeDefinition(atOnce());
    }

    /** What builds it and its partitions' indexes in one statement, which keeps writers out. */
    public Sql atOnce() {
        return create("", table, name);
    }

    /** Empty if there is no index of this name. */
    private Optional<Boolean> isValid(Transaction tx) {
        record Found(boolean valid, boolean ours) {}
        Optional<Found> found = tx.first(
                STATE,
                row -> new Found(row.getBoolean(1), row.getBoolean(2)),
                table.sql(),
                unique,
                name.name(),
                table.schema().name());
        if (found.isPresent() && !found.get().ours()) {
            throw SealwayException.refused(
                    "%s needs an index named %s, and there is another one of that name in its schema; rename that one"
                            .formatted(table, name));
        }
        return found.map(Found::valid);
    }

    private void buildByPartition(Session session, List<Leaf> leaves) {
        for (Leaf leaf : leaves) {
            Identifier leafName = Identifier.of(
                    "sealway_%s_%08x".formatted(leaf.oid, name.name().hashCode()));
            new ConcurrentIndex(leaf.table, leafName, unique, definition).build(session);
        }
        SHORT_LOCK.run(session, table, building(), TransactionSettings.writing(), tx -> {
            buildIn(tx);
            return null;
        });
    }

    /** An index of a partitioned table cannot be dropped concurrently; it takes its partitions' indexes with it. */
    private void drop(Session session, boolean concurrently) {
        QualifiedName index = new QualifiedName(table.schema(), name);
        String doing = "dropping index %s".formatted(name);
        if (concurrently) {
            session.executeAlone(
                    Sql.of("DROP INDEX CONCURRENTLY {index} RESTRICT").with("index", index), doing);
            return;
        }
        SHORT_LOCK.run(session, table, doing, TransactionSettings.writing(), tx -> {
            tx.executeDefinition(Sql.of("DROP INDEX {index} RESTRICT").with("index", index));
            return null;
        });
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
