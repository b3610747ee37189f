package dev.sealway.catalog.inventory;

import dev.sealway.catalog.Catalog;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Prints what the definition of an object leaves out: owner, grants, comment, whether it is enabled. */
final class ObjectAttributes {

    /** Two parameters: the object's oid and its kind. Columns: kind, definition. */
    private static final Sql ALL = Sql.of("""
            WITH o AS (SELECT CAST(? AS oid) AS id, CAST(? AS text) AS kind),
            relation AS (
              SELECT o.kind, c.oid, c.relowner, c.relacl, format('%I.%I', n.nspname, c.relname) AS name, upper(o.kind) AS word
                FROM o JOIN pg_class c ON c.oid = o.id JOIN pg_namespace n ON n.oid = c.relnamespace
               WHERE o.kind IN ('view', 'materialized view', 'index', 'sequence')),
            routine AS (
              SELECT p.oid, p.proowner, p.proacl, CAST(CAST(p.oid AS regprocedure) AS text) AS name
                FROM o JOIN pg_proc p ON p.oid = o.id
               WHERE o.kind IN ('function', 'procedure')),
            attached AS (
              SELECT 'CONSTRAINT' AS word, k.oid, CAST('pg_constraint' AS name) AS class, k.conname AS name, k.conrelid AS rel
                FROM o JOIN pg_constraint k ON k.oid = o.id WHERE o.kind IN ('constraint', 'foreign key')
              UNION ALL
              SELECT 'TRIGGER', t.oid, 'pg_trigger', t.tgname, t.tgrelid FROM o JOIN pg_trigger t ON t.oid = o.id
               WHERE o.kind = 'trigger'
              UNION ALL
              SELECT 'POLICY', p.oid, 'pg_policy', p.polname, p.polrelid FROM o JOIN pg_policy p ON p.oid = o.id
               WHERE o.kind = 'policy'
              UNION ALL
              SELECT 'RULE', r.oid, 'pg_rewrite', r.rulename, r.ev_class FROM o JOIN pg_rewrite r ON r.oid = o.id
               WHERE o.kind = 'rule')
            SELECT 'object owner', format('ALTER %s %s OWNER TO %I', r.word, r.name, pg_get_userbyid(r.relowner))
              FROM relation r WHERE r.kind <> 'index'
            UNION ALL
            SELECT 'object owner', format('ALTER ROUTINE %s OWNER TO %I', r.name, pg_get_userbyid(r.proowner)) FROM routine r
            UNION ALL
            SELECT 'object owner', format('ALTER STATISTICS %I.%I OWNER TO %I', n.nspname, s.stxname,
                                          pg_get_userbyid(s.stxowner))
              FROM o JOIN pg_statistic_ext s ON s.oid = o.id JOIN pg_namespace n ON n.oid = s.stxnamespace
             WHERE o.kind = 'statistics'
            UNION ALL
            SELECT 'object grant', format('GRANT %s ON %s %s TO %s%s', g.privilege_type,
                                          CASE WHEN r.kind = 'sequence' THEN 'SEQUENCE' ELSE 'TABLE' END, r.name,
                                          coalesce(quote_ident(x.rolname), 'PUBLIC'),
                                          CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' END)
              FROM relation r CROSS JOIN aclexplode(r.relacl) g LEFT JOIN pg_roles x ON x.oid = g.grantee
             WHERE r.kind <> 'index'
            UNION ALL
            SELECT 'object grant', format('GRANT %s (%I) ON TABLE %s TO %s%s', g.privilege_type, a.attname, r.name,
                                          coalesce(quote_ident(x.rolname), 'PUBLIC'),
                                          CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' END)
              FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid CROSS JOIN aclexplode(a.attacl) g
              LEFT JOIN pg_roles x ON x.oid = g.grantee
             WHERE r.kind <> 'index'
            UNION ALL
            SELECT 'object owner', format('REVOKE ALL ON ROUTINE %s FROM PUBLIC', r.name) FROM routine r WHERE r.proacl IS NOT NULL
            UNION ALL
            SELECT 'object grant', format('GRANT EXECUTE ON ROUTINE %s TO %s%s', r.name,
                                          coalesce(quote_ident(x.rolname), 'PUBLIC'),
                                          CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' END)
              FROM routine r CROSS JOIN aclexplode(r.proacl) g LEFT JOIN pg_roles x ON x.oid = g.grantee
            UNION ALL
            SELECT 'object comment', format('COMMENT ON %s %s IS %L', r.word, r.name, obj_description(r.oid, 'pg_class'))
              FROM relation r WHERE obj_description(r.oid, 'pg_class') IS NOT NULL
            UNION ALL
            SELECT 'object comment', format('COMMENT ON COLUMN %s.%I IS %L', r.name, a.attname, col_description(r.oid, a.attnum))
              FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid
             WHERE a.attnum > 0 AND r.kind <> 'index' AND col_description(r.oid, a.attnum) IS NOT NULL
            UNION ALL
            SELECT 'object comment', format('COMMENT ON ROUTINE %s IS %L', r.name, obj_description(r.oid, 'pg_proc'))
              FROM routine r WHERE obj_description(r.oid, 'pg_proc') IS NOT NULL
            UNION ALL
            SELECT 'object comment', format('COMMENT ON %s %I ON %I.%I IS %L', a.word, a.name, n.nspname, c.relname,
                                            obj_description(a.oid, a.class))
              FROM attached a JOIN pg_class c ON c.oid = a.rel JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE obj_description(a.oid, a.class) IS NOT NULL
            UNION ALL
            SELECT 'object comment', format('COMMENT ON STATISTICS %I.%I IS %L', n.nspname, s.stxname,
                                            obj_description(s.oid, 'pg_statistic_ext'))
              FROM o JOIN pg_statistic_ext s ON s.oid = o.id JOIN pg_namespace n ON n.oid = s.stxnamespace
             WHERE o.kind = 'statistics' AND obj_description(s.oid, 'pg_statistic_ext') IS NOT NULL
            UNION ALL
            SELECT 'object state', format('ALTER STATISTICS %I.%I SET STATISTICS %s', n.nspname, s.stxname, s.stxstattarget)
              FROM o JOIN pg_statistic_ext s ON s.oid = o.id JOIN pg_namespace n ON n.oid = s.stxnamespace
             WHERE o.kind = 'statistics' AND s.stxstattarget >= 0
            UNION ALL
            SELECT 'object state', format('ALTER TABLE %I.%I %s TRIGGER %I', n.nspname, c.relname,
                                          CASE t.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA'
                                                           ELSE 'ENABLE ALWAYS' END, t.tgname)
              FROM o JOIN pg_trigger t ON t.oid = o.id JOIN pg_class c ON c.oid = t.tgrelid
              JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE o.kind = 'trigger' AND t.tgenabled <> 'O'
            UNION ALL
            SELECT 'object state', format('ALTER TABLE %I.%I %s RULE %I', n.nspname, c.relname,
                                          CASE r.ev_enabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA'
                                                            ELSE 'ENABLE ALWAYS' END, r.rulename)
              FROM o JOIN pg_rewrite r ON r.oid = o.id JOIN pg_class c ON c.oid = r.ev_class
              JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE o.kind = 'rule' AND r.ev_enabled <> 'O'
            UNION ALL
            SELECT 'object state', format('ALTER TABLE %I.%I CLUSTER ON %I', n.nspname, c.relname, x.relname)
              FROM o JOIN pg_index i ON i.indexrelid = o.id AND i.indisclustered JOIN pg_class x ON x.oid = o.id
              JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE o.kind = 'index'
            UNION ALL
            SELECT 'object state', pg_get_indexdef(i.indexrelid)
              FROM o JOIN pg_index i ON i.indrelid = o.id WHERE o.kind = 'materialized view'
            UNION ALL
            SELECT 'object state', pg_get_triggerdef(t.oid)
              FROM o JOIN pg_trigger t ON t.tgrelid = o.id WHERE o.kind = 'view' AND NOT t.tgisinternal
            """);

    /** The value that a sequence stands at, and the column that it goes with. */
    private static final Sql SEQUENCE = Sql.of("""
            SELECT 'object state', format('ALTER SEQUENCE %I.%I OWNED BY %I.%I.%I', n.nspname, s.relname, m.nspname, r.relname,
                                          a.attname)
              FROM pg_class s JOIN pg_namespace n ON n.oid = s.relnamespace
              JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = s.oid AND d.deptype = 'a'
                   AND d.refclassid = 'pg_class'::regclass
              JOIN pg_class r ON r.oid = d.refobjid JOIN pg_namespace m ON m.oid = r.relnamespace
              JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = d.refobjsubid
             WHERE s.oid = CAST(? AS oid)
            UNION ALL
            SELECT 'sequence state', format('SELECT pg_catalog.setval(%L, %s)', format('%I.%I', q.schemaname, q.sequencename),
                                            q.last_value)
              FROM pg_sequences q JOIN pg_class s ON s.relname = q.sequencename
              JOIN pg_namespace n ON n.oid = s.relnamespace AND n.nspname = q.schemaname
             WHERE s.oid = CAST(? AS oid) AND q.last_value IS NOT NULL
            """);

    /** One for each table; row filters and column lists came with PostgreSQL 15. */
    private static final Sql PUBLISHED = Sql.of("""
            SELECT 'publication', format('ALTER PUBLICATION %I ADD TABLE ONLY %I.%I{filters}', p.pubname, n.nspname, c.relname{values})
              FROM pg_publication p JOIN pg_publication_rel r ON r.prpubid = p.oid JOIN pg_class c ON c.oid = r.prrelid
              JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE p.oid = CAST(? AS oid)
               AND (c.oid = CAST(? AS oid) OR c.oid IN (SELECT relid FROM pg_partition_tree(CAST(? AS oid))))
            """);

    private static final Sql FILTERS = Sql.of("""
            , CASE WHEN r.prattrs IS NOT NULL THEN
                (SELECT format(' (%s)', string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum))
                   FROM pg_attribute a
                  WHERE a.attrelid = r.prrelid AND a.attnum = ANY (CAST(r.prattrs AS int2[]))) END,
              ' WHERE (' || pg_get_expr(r.prqual, r.prrelid) || ')'""");

    private static final int WITH_FILTERS = 15;

    private ObjectAttributes() {}

    /** In an order in which they can be run, after the object itself. */
    static Stream<SavedDefinition> of(Transaction tx, Dependent dependent) {
        List<SavedDefinition> found = new ArrayList<>(read(tx, ALL, dependent, dependent.oid(), dependent.kind()));
        if (dependent.kind().equals("sequence")) {
            found.addAll(read(tx, SEQUENCE, dependent, dependent.oid(), dependent.oid()));
        }
        return found.stream();
    }

    /** How tables of {@code rootOid} belong to a publication. */
    static Stream<SavedDefinition> publication(Transaction tx, Dependent dependent, long rootOid) {
        boolean filters = Catalog.in(tx).server().major() >= WITH_FILTERS;
        Sql sql =
                PUBLISHED.with("filters", Sql.of(filters ? "%s%s" : "")).with("values", filters ? FILTERS : Sql.of(""));
        return read(tx, sql, dependent, dependent.oid(), rootOid, rootOid).stream();
    }

    private static List<SavedDefinition> read(Transaction tx, Sql sql, Dependent dependent, Object... binds) {
        return tx.list(sql, row -> new SavedDefinition(row.getString(1), dependent.name(), row.getString(2)), binds);
    }
}
