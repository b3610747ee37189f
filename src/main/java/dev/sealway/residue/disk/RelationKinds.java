package dev.sealway.residue.disk;

import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.HashMap;
import java.util.Map;

/**
 * Which relation of the connected database a file belongs to.
 *
 * @param kinds by path below the data directory
 */
public record RelationKinds(Map<String, FileKind> kinds) {

    private static final Sql ALL = Sql.of("""
            SELECT pg_catalog.pg_relation_filepath(c.oid),
                   CASE WHEN o.oid IN ('pg_catalog.pg_statistic'::pg_catalog.regclass,
                                       'pg_catalog.pg_statistic_ext_data'::pg_catalog.regclass) THEN 'STATISTICS'
                        WHEN c.relkind = 'i' THEN 'INDEX' WHEN c.relkind = 't' THEN 'TOAST' ELSE 'HEAP' END
              FROM pg_catalog.pg_class c
              LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
              LEFT JOIN pg_catalog.pg_class t ON t.reltoastrelid = coalesce(i.indrelid, c.oid)
              JOIN pg_catalog.pg_class o ON o.oid = coalesce(t.oid, i.indrelid, c.oid)
             WHERE pg_catalog.pg_relation_filepath(c.oid) IS NOT NULL""");

    public RelationKinds {
        kinds = Map.copyOf(kinds);
    }

    public static RelationKinds of(Transaction tx) {
        Map<String, FileKind> kinds = new HashMap<>();
        tx.list(ALL, row -> kinds.put(row.getString(1), FileKind.valueOf(row.getString(2))));
        return new RelationKinds(kinds);
    }

    /** Segments after the first have {@code .1}, {@code .2}, …; other forks {@code _fsm}, {@code _vm}, {@code _init}. */
    FileKind of(String path) {
        String first = path.replaceFirst("(\\.[0-9]+|_(fsm|vm|init))+$", "");
        if (kinds.containsKey(first)) {
            return kinds.getOrDefault(first, FileKind.OTHER);
        }
        if (path.startsWith("pg_wal/")) {
            return FileKind.WAL;
        }
        if (path.startsWith("pg_replslot/") || path.startsWith("pg_logical/")) {
            return FileKind.SLOT;
        }
        if (path.contains("pgsql_tmp")) {
            return FileKind.TEMPORARY;
        }
        return path.startsWith("log/") || path.endsWith(".log") ? FileKind.LOG : FileKind.OTHER;
    }
}
