package dev.sealway.catalog.inventory;

import dev.sealway.jdbc.Sql;
import java.util.List;

/** What is written at a column: defaults, grants, generated columns, sequences. */
final class ColumnQueries {

    private static final Sql DEFAULTS = Sql.of("""
            WITH RECURSIVE {used}
            SELECT 'default' AS kind, t.attname AS name, 'GOES_SILENTLY' AS effect, 'the default of the column' AS detail,
                   d.oid
              FROM target t
              JOIN that ON that.oid = t.attrelid
              JOIN pg_attrdef d ON d.adrelid = t.attrelid AND d.adnum = t.attnum
            """);

    private static final Sql GRANTS = Sql.of("""
            WITH RECURSIVE {used}
            SELECT 'grant' AS kind, format('%s of %s', coalesce(r.rolname, 'public'), t.attname) AS name,
                   'GOES_SILENTLY' AS effect,
                   format('may %s the column', string_agg(DISTINCT lower(g.privilege_type), ', ')) AS detail,
                   t.attrelid AS oid
              FROM target t
              JOIN that ON that.oid = t.attrelid
              CROSS JOIN aclexplode(t.attacl) g
              LEFT JOIN pg_roles r ON r.oid = g.grantee
             GROUP BY r.rolname, t.attname, t.attrelid
            """);

    /** Up to PostgreSQL 14 the generated column itself is what depends, from 15 on its expression. */
    private static final Sql GENERATED = Sql.of("""
            WITH RECURSIVE {used}
            SELECT 'generated column' AS kind, a.attname AS name,
                   CASE WHEN u.refuses THEN 'REFUSES' ELSE 'GOES_SILENTLY' END AS effect,
                   format('computed from %s', u.columns) AS detail, a.attrelid AS oid
              FROM used u
              LEFT JOIN pg_attrdef d ON u.classid = 'pg_attrdef'::regclass AND d.oid = u.objid
              JOIN member ON member.oid = coalesce(d.adrelid, CASE WHEN u.classid = 'pg_class'::regclass THEN u.objid END)
              JOIN pg_attribute a ON a.attrelid = member.oid AND a.attnum = coalesce(d.adnum, u.objsubid)
             WHERE a.attgenerated <> ''
               AND NOT EXISTS (SELECT 1 FROM target t WHERE t.attrelid = a.attrelid AND t.attnum = a.attnum)
            """);

    private static final Sql SEQUENCES = Sql.of("""
            WITH RECURSIVE {used}
            SELECT 'sequence' AS kind, format('%s.%s', n.nspname, s.relname) AS name,
                   CASE WHEN u.refuses THEN 'REFUSES' ELSE 'GOES_SILENTLY' END AS effect,
                   format('owned by %s', u.columns) AS detail, s.oid
              FROM used u
              JOIN pg_class s ON u.classid = 'pg_class'::regclass AND s.oid = u.objid AND s.relkind = 'S'
              JOIN pg_namespace n ON n.oid = s.relnamespace
            """);

    static final List<Sql> ALL = List.of(DEFAULTS, GRANTS, GENERATED, SEQUENCES);

    private ColumnQueries() {}
}
