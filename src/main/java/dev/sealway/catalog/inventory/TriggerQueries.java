package dev.sealway.catalog.inventory;

import dev.sealway.jdbc.Sql;
import java.util.List;

/** Triggers of users: those that name a column, and those that fire on every row that backfill writes. */
final class TriggerQueries {

    private static final Sql NAMING = Sql.of("""
            WITH RECURSIVE {used}
            SELECT 'trigger' AS kind,
                   CASE WHEN member.oid IS NOT NULL THEN CAST(g.tgname AS text)
                        ELSE format('%s.%s.%s', n.nspname, r.relname, g.tgname) END AS name,
                   CASE WHEN u.refuses THEN 'REFUSES' ELSE 'GOES_SILENTLY' END AS effect,
                   format('names %s in its UPDATE OF or WHEN', u.columns) AS detail, g.oid
              FROM used u
              JOIN pg_trigger g ON u.classid = 'pg_trigger'::regclass AND g.oid = u.objid
              JOIN pg_class r ON r.oid = g.tgrelid
              JOIN pg_namespace n ON n.oid = r.relnamespace
              LEFT JOIN member ON member.oid = g.tgrelid
             WHERE NOT g.tgisinternal AND g.tgparentid = 0 AND NOT starts_with(CAST(g.tgname AS text), '~sealway')
            """);

    /**
     * Bit 1 of {@code tgtype} is FOR EACH ROW, 2 BEFORE, 16 UPDATE. Statement triggers count too: their transition
     * tables hold whole rows. Triggers on UPDATE OF other columns do not fire when backfill writes.
     */
    private static final Sql FIRING = Sql.of("""
            WITH RECURSIVE {used}
            SELECT 'trigger' AS kind, g.tgname AS name, 'UNNOTICED' AS effect,
                   format('fires %s each %s that backfill updates%s',
                          CASE WHEN g.tgtype & 2 = 2 THEN 'before' ELSE 'after' END,
                          CASE WHEN g.tgtype & 1 = 1 THEN 'row' ELSE 'batch' END,
                          CASE WHEN p.prosrc ~* '\\minsert\\s+into\\M'
                               THEN '; its function inserts rows, so it may copy the plaintext elsewhere (history)' END)
                     AS detail,
                   g.oid
              FROM member
              JOIN pg_trigger g ON g.tgrelid = member.oid
              JOIN pg_proc p ON p.oid = g.tgfoid
              JOIN pg_namespace n ON n.oid = p.pronamespace
             WHERE NOT g.tgisinternal AND g.tgparentid = 0
               AND g.tgtype & 16 = 16 AND g.tgenabled IN ('O', 'A')
               AND cardinality(g.tgattr::int2[]) = 0
               AND NOT starts_with(CAST(g.tgname AS text), '~sealway') AND n.nspname <> 'sealway'
            """);

    static final List<Sql> ALL = List.of(NAMING, FIRING);

    private TriggerQueries() {}
}
