package dev.sealway.catalog.inventory;

import dev.sealway.jdbc.Sql;
import java.util.List;

/** What no other query knows, so that nothing is forgotten. */
final class OtherQueries {

    /** Columns of other tables whose type is the row type of this one hold copies of its values. */
    private static final Sql COPIES = Sql.of("""
            WITH RECURSIVE {used}
            SELECT 'column' AS kind, format('%s.%s.%s', n.nspname, r.relname, a.attname) AS name, 'UNNOTICED' AS effect,
                   'stores whole rows of the table' AS detail, r.oid
              FROM member
              JOIN pg_type t ON t.typrelid = member.oid
              JOIN pg_attribute a ON a.atttypid IN (t.oid, t.typarray) AND a.attnum > 0 AND NOT a.attisdropped
              JOIN pg_class r ON r.oid = a.attrelid AND r.relkind IN ('r', 'p', 'f')
              JOIN pg_namespace n ON n.oid = r.relnamespace
            """);

    private static final Sql UNKNOWN = Sql.of("""
            WITH RECURSIVE {used}
            SELECT 'object' AS kind, pg_describe_object(u.classid, u.objid, u.objsubid) AS name,
                   CASE WHEN u.refuses THEN 'REFUSES' ELSE 'GOES_SILENTLY' END AS effect,
                   format('uses %s', u.columns) AS detail, u.objid AS oid
              FROM used u
             WHERE u.classid NOT IN ('pg_class'::regclass, 'pg_constraint'::regclass, 'pg_attrdef'::regclass,
                                     'pg_trigger'::regclass, 'pg_policy'::regclass, 'pg_rewrite'::regclass,
                                     'pg_proc'::regclass, 'pg_statistic_ext'::regclass, 'pg_publication_rel'::regclass)
                OR (u.classid = 'pg_class'::regclass AND u.objsubid = 0
                    AND EXISTS (SELECT 1 FROM pg_class c WHERE c.oid = u.objid AND c.relkind NOT IN ('i', 'I', 'S')))
            """);

    static final List<Sql> ALL = List.of(COPIES, UNKNOWN);

    private OtherQueries() {}
}
