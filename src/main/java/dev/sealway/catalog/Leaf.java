package dev.sealway.catalog;

import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.List;

/**
 * A table that has rows and files itself: one that is not partitioned, or a partition at the end of the tree.
 *
 * @param oid valid in this database only
 */
public record Leaf(QualifiedName name, long oid) {

    /** A sub-select of oids, with the table's oid as its only parameter. */
    static final Sql OIDS = Sql.of("""
            SELECT l.oid FROM (SELECT CAST(? AS pg_catalog.oid)) t (oid)
             CROSS JOIN LATERAL (
                     SELECT t.oid WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_partitioned_table p WHERE p.partrelid = t.oid)
                     UNION ALL
                     SELECT CAST(p.relid AS pg_catalog.oid)
                       FROM pg_catalog.pg_partition_tree(CAST(t.oid AS pg_catalog.regclass)) p
                      WHERE p.isleaf AND p.level > 0) l (oid)""");

    private static final Sql OF = Sql.of("""
            SELECT n.nspname, c.relname, c.oid
              FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE c.oid IN ({oids}) ORDER BY c.oid""").with("oids", OIDS);

    private static final Sql BYTES = Sql.of("""
            SELECT coalesce(pg_catalog.sum(pg_catalog.pg_total_relation_size(c.oid)), 0)::pg_catalog.int8
              FROM pg_catalog.pg_class c WHERE c.oid IN ({oids})""").with("oids", OIDS);

    /** The leaves of a table; itself, if it is not partitioned. */
    public static List<Leaf> of(Transaction tx, long oid) {
        return tx.list(OF, row -> new Leaf(QualifiedName.of(row.getString(1), row.getString(2)), row.getLong(3)), oid);
    }

    /** Heap, TOAST and indexes of all leaves. */
    public static long bytes(Transaction tx, long oid) {
        return tx.number(BYTES, oid);
    }
}
