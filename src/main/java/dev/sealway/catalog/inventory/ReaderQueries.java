package dev.sealway.catalog.inventory;

import dev.sealway.jdbc.Sql;
import java.util.List;

/** What reads a column: views and views over these, rules, functions. */
final class ReaderQueries {

    /**
     * A view of whole rows ({@code SELECT u FROM users u}) depends on no column, so the stored query is searched for a
     * reference to attribute 0.
     */
    private static final Sql VIEWS = Sql.of("""
            WITH RECURSIVE {used},
            reader AS (
              SELECT r.ev_class AS oid, CASE WHEN u.refuses THEN 'REFUSES' ELSE 'GOES_SILENTLY' END AS effect,
                     format('reads %s', u.columns) AS detail
                FROM used u
                JOIN pg_rewrite r ON u.classid = 'pg_rewrite'::regclass AND r.oid = u.objid
              UNION
              SELECT r.ev_class, 'UNNOTICED', 'reads whole rows'
                FROM member
                JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = member.oid
                     AND d.classid = 'pg_rewrite'::regclass
                JOIN pg_rewrite r ON r.oid = d.objid
               WHERE CAST(r.ev_action AS text) LIKE '%:varattno 0 %'
              UNION
              SELECT r.ev_class, reader.effect, format('reads %s.%s', n.nspname, below.relname)
                FROM reader
                JOIN pg_class below ON below.oid = reader.oid AND below.relkind IN ('v', 'm')
                JOIN pg_namespace n ON n.oid = below.relnamespace
                JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = reader.oid
                     AND d.classid = 'pg_rewrite'::regclass
                JOIN pg_rewrite r ON r.oid = d.objid AND r.ev_class <> reader.oid)
            SELECT CASE v.relkind WHEN 'v' THEN 'view' ELSE 'materialized view' END AS kind,
                   format('%s.%s', n.nspname, v.relname) AS name, reader.effect, reader.detail, v.oid
              FROM reader
              JOIN pg_class v ON v.oid = reader.oid AND v.relkind IN ('v', 'm')
              JOIN pg_namespace n ON n.oid = v.relnamespace
             WHERE n.nspname <> 'sealway'
             ORDER BY name, reader.effect, reader.detail
            """);

    private static final Sql RULES = Sql.of("""
            WITH RECURSIVE {used}
            SELECT 'rule' AS kind,
                   CASE WHEN r.ev_class = that.oid THEN CAST(r.rulename AS text)
                        ELSE format('%s.%s.%s', n.nspname, c.relname, r.rulename) END AS name,
                   CASE WHEN u.refuses THEN 'REFUSES' ELSE 'GOES_SILENTLY' END AS effect,
                   format('rewrite rule that uses %s', u.columns) AS detail, r.oid
              FROM that
              CROSS JOIN used u
              JOIN pg_rewrite r ON u.classid = 'pg_rewrite'::regclass AND r.oid = u.objid
              JOIN pg_class c ON c.oid = r.ev_class
              JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind NOT IN ('v', 'm') OR r.rulename <> '_RETURN'
            """);

    private static final Sql BODIES = Sql.of("""
            WITH RECURSIVE {used}
            SELECT CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END AS kind, CAST(CAST(p.oid AS regprocedure) AS text) AS name,
                   CASE WHEN u.refuses THEN 'REFUSES' ELSE 'GOES_SILENTLY' END AS effect,
                   format('its SQL body or a default reads %s', u.columns) AS detail, p.oid
              FROM used u
              JOIN pg_proc p ON u.classid = 'pg_proc'::regclass AND p.oid = u.objid
            """);

    /**
     * Bodies that are plain text are not tracked: they break when they run. The column's name is searched as a word, also
     * as it reads within quotes.
     */
    private static final Sql TEXTS = Sql.of("""
            WITH RECURSIVE {used},
            word AS (
              SELECT DISTINCT t.attname,
                     format('(^|\\W)(%s|%s)(\\W|$)',
                            regexp_replace(t.attname, '([^[:alnum:]_])', '\\\\\\1', 'g'),
                            regexp_replace(replace(t.attname, '"', '""'), '([^[:alnum:]_])', '\\\\\\1', 'g')) AS pattern
                FROM target t)
            SELECT CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END AS kind, CAST(CAST(p.oid AS regprocedure) AS text) AS name, 'UNNOTICED' AS effect,
                   format('its text mentions %s', string_agg(CAST(word.attname AS text), ', ' ORDER BY word.attname))
                     AS detail,
                   p.oid
              FROM word
              JOIN pg_proc p ON p.prosrc ~* word.pattern
              JOIN pg_language l ON l.oid = p.prolang AND l.lanname NOT IN ('internal', 'c')
              JOIN pg_namespace n ON n.oid = p.pronamespace
                   AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'sealway')
             WHERE p.prosqlbody IS NULL
               AND NOT EXISTS (SELECT 1 FROM pg_depend d
                                WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
             GROUP BY p.oid
            """);

    static final List<Sql> ALL = List.of(VIEWS, RULES, BODIES, TEXTS);

    private ReaderQueries() {}
}
