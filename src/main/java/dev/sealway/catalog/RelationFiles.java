package dev.sealway.catalog;

import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.List;

/**
 * The files that relations lie in, as paths below the data directory: a rewrite gives a relation others, so a file that is
 * still in use was not rewritten.
 */
public final class RelationFiles {

    private static final Sql OF_TABLE = Sql.of("""
            SELECT f.path FROM pg_catalog.pg_class c
             CROSS JOIN LATERAL (VALUES (pg_catalog.pg_relation_filepath(c.oid)),
                                        (pg_catalog.pg_relation_filepath(nullif(c.reltoastrelid, 0::pg_catalog.oid)))) f (path)
             WHERE c.oid IN ({oids}) AND f.path IS NOT NULL ORDER BY 1""").with("oids", Leaf.OIDS);

    private static final Sql OF_STATISTICS = Sql.of("""
            SELECT f.path FROM pg_catalog.pg_class c
             CROSS JOIN LATERAL (VALUES (pg_catalog.pg_relation_filepath(c.oid)),
                                        (pg_catalog.pg_relation_filepath(nullif(c.reltoastrelid, 0::pg_catalog.oid)))) f (path)
             WHERE c.oid IN ('pg_catalog.pg_statistic'::pg_catalog.regclass,
                             'pg_catalog.pg_statistic_ext_data'::pg_catalog.regclass)
               AND f.path IS NOT NULL ORDER BY 1""");

    private RelationFiles() {}

    /** Heap and TOAST of a table, of a partitioned one those of all its partitions. */
    public static List<String> ofTable(Transaction tx, long oid) {
        return tx.list(OF_TABLE, row -> row.getString(1), oid);
    }

    /** Of the catalogues that keep samples of values. */
    public static List<String> ofStatistics(Transaction tx) {
        return tx.list(OF_STATISTICS, row -> row.getString(1));
    }
}
