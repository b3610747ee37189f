package dev.sealway.catalog.inventory;

import dev.sealway.jdbc.Sql;
import java.util.List;

/** What belongs to the table and names a column: indexes, constraints, statistics, policies. */
final class TableQueries {

    /** Indexes of constraints come with these, indexes of partitions with that of the parent. */
    private static final Sql INDEXES = Sql.of("""
            WITH RECURSIVE {used}
            SELECT 'index' AS kind, x.relname AS name,
                   CASE WHEN u.refuses THEN 'REFUSES' ELSE 'GOES_SILENTLY' END AS effect,
                   concat_ws(' ', CASE WHEN i.indisunique THEN 'unique' END,
                             CASE WHEN i.indpred IS NOT NULL THEN 'partial' END,
                             CASE WHEN i.indexprs IS NOT NULL THEN 'expression' END, 'index that uses', u.columns) AS detail,
                   x.oid
              FROM used u
              JOIN pg_class x ON u.classid = 'pg_class'::regclass AND x.oid = u.objid
              JOIN pg_index i ON i.indexrelid = x.oid
             WHERE NOT x.relispartition
               AND x.relname NOT LIKE '%sealway%'
               AND NOT EXISTS (SELECT 1 FROM own o WHERE o.classid = u.classid AND o.objid = u.objid)
               AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = x.oid AND c.conrelid = i.indrelid)
            """);

    /** A foreign key of another table that points here is named with that table. NOT NULL is part of the column. */
    private static final Sql CONSTRAINTS = Sql.of("""
            WITH RECURSIVE {used}
            SELECT CASE WHEN member.oid IS NULL THEN 'foreign key' ELSE 'constraint' END AS kind,
                   CASE WHEN member.oid IS NULL THEN format('%s.%s.%s', n.nspname, r.relname, c.conname)
                        ELSE CAST(c.conname AS text) END AS name,
                   CASE WHEN u.refuses THEN 'REFUSES' ELSE 'GOES_SILENTLY' END AS effect,
                   format(CASE WHEN member.oid IS NULL THEN '%s of another table that points at %s' ELSE '%s that uses %s' END,
                          CASE c.contype WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique constraint'
                                         WHEN 'c' THEN 'check' WHEN 'x' THEN 'exclusion constraint'
                                         WHEN 'f' THEN 'foreign key' ELSE 'constraint' END,
                          u.columns) AS detail,
                   c.oid
              FROM that
              CROSS JOIN used u
              JOIN pg_constraint c ON u.classid = 'pg_constraint'::regclass AND c.oid = u.objid
              JOIN pg_class r ON r.oid = c.conrelid
              JOIN pg_namespace n ON n.oid = r.relnamespace
              LEFT JOIN member ON member.oid = c.conrelid
             WHERE c.contype NOT IN ('n', 't')
               AND c.conparentid = 0
               AND (c.conrelid = that.oid OR member.oid IS NULL OR c.coninhcount = 0)
               AND c.conname NOT LIKE '%sealway%'
               AND NOT EXISTS (SELECT 1 FROM own o WHERE o.classid = u.classid AND o.objid = u.objid)
            """);

    private static final Sql STATISTICS = Sql.of("""
            WITH RECURSIVE {used}
            SELECT 'statistics' AS kind, format('%s.%s', n.nspname, s.stxname) AS name,
                   CASE WHEN u.refuses THEN 'REFUSES' ELSE 'GOES_SILENTLY' END AS effect,
                   format('extended statistics that use %s', u.columns) AS detail, s.oid
              FROM used u
              JOIN pg_statistic_ext s ON u.classid = 'pg_statistic_ext'::regclass AND s.oid = u.objid
              JOIN pg_namespace n ON n.oid = s.stxnamespace
            """);

    private static final Sql POLICIES = Sql.of("""
            WITH RECURSIVE {used}
            SELECT 'policy' AS kind,
                   CASE WHEN p.polrelid = that.oid THEN CAST(p.polname AS text)
                        ELSE format('%s.%s.%s', n.nspname, r.relname, p.polname) END AS name,
                   CASE WHEN u.refuses THEN 'REFUSES' ELSE 'GOES_SILENTLY' END AS effect,
                   format('row-level security policy that reads %s', u.columns) AS detail, p.oid
              FROM that
              CROSS JOIN used u
              JOIN pg_policy p ON u.classid = 'pg_policy'::regclass AND p.oid = u.objid
              JOIN pg_class r ON r.oid = p.polrelid
              JOIN pg_namespace n ON n.oid = r.relnamespace
            """);

    static final List<Sql> ALL = List.of(INDEXES, CONSTRAINTS, STATISTICS, POLICIES);

    private TableQueries() {}
}
