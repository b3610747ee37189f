package dev.sealway.catalog.inventory;

import dev.sealway.catalog.Catalog;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.List;

/** Logical replication: publications that the table or its partitions belong to. */
final class PublicationQueries {

    /** Column lists, row filters and whole schemas came with PostgreSQL 15. */
    private static final int COLUMN_LISTS = 15;

    private static final Sql NAMED = Sql.of("""
            WITH RECURSIVE {used}
            SELECT 'publication' AS kind, p.pubname AS name,
                   CASE WHEN u.refuses THEN 'REFUSES' WHEN u.objid IS NOT NULL THEN 'GOES_SILENTLY' ELSE 'UNNOTICED' END
                     AS effect,
                   CASE WHEN u.columns IS NULL THEN 'publishes the table'
                        ELSE format('publishes or filters by %s', u.columns) END AS detail, p.oid
              FROM member
              JOIN pg_publication_rel r ON r.prrelid = member.oid
              JOIN pg_publication p ON p.oid = r.prpubid
              LEFT JOIN used u ON u.classid = 'pg_publication_rel'::regclass AND u.objid = r.oid
            """);

    private static final Sql EVERYTHING = Sql.of("""
            WITH RECURSIVE {used}
            SELECT 'publication' AS kind, p.pubname AS name, 'UNNOTICED' AS effect, 'publishes all tables' AS detail, p.oid
              FROM that
              JOIN pg_class c ON c.oid = that.oid AND c.relpersistence = 'p'
              JOIN pg_publication p ON p.puballtables
            """);

    private static final Sql SCHEMAS = Sql.of("""
            WITH RECURSIVE {used}
            SELECT 'publication' AS kind, p.pubname AS name, 'UNNOTICED' AS effect,
                   'publishes all tables of the schema' AS detail, p.oid
              FROM member
              JOIN pg_class c ON c.oid = member.oid
              JOIN pg_publication_namespace s ON s.pnnspid = c.relnamespace
              JOIN pg_publication p ON p.oid = s.pnpubid
            """);

    private PublicationQueries() {}

    static List<Sql> forServer(Transaction tx) {
        List<Sql> queries = Catalog.in(tx).server().major() < COLUMN_LISTS
                ? List.of(NAMED, EVERYTHING)
                : List.of(NAMED, EVERYTHING, SCHEMAS);
        return queries.stream().map(q -> q.with("used", UsedObjects.SQL)).toList();
    }
}
