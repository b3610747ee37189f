package dev.sealway.catalog.inventory;

import dev.sealway.catalog.LiveTable;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.Optional;

/** Prints the definitions for which PostgreSQL has no function of its own, or one that prints only a part. */
final class ObjectDefinitions {

    static final Sql CONSTRAINT = Sql.of("""
            SELECT format('ALTER TABLE %I.%I ADD CONSTRAINT %I %s', n.nspname, r.relname, c.conname,
                          pg_get_constraintdef(c.oid))
              FROM pg_constraint c
              JOIN pg_class r ON r.oid = c.conrelid
              JOIN pg_namespace n ON n.oid = r.relnamespace
             WHERE c.oid = CAST(? AS oid)
            """);

    static final Sql VIEW = Sql.of("""
            SELECT format('CREATE %s %I.%I%s AS %s', CASE v.relkind WHEN 'v' THEN 'VIEW' ELSE 'MATERIALIZED VIEW' END,
                          n.nspname, v.relname,
                          CASE WHEN v.reloptions IS NOT NULL
                               THEN format(' WITH (%s)', array_to_string(v.reloptions, ', ')) END,
                          pg_get_viewdef(v.oid))
              FROM pg_class v
              JOIN pg_namespace n ON n.oid = v.relnamespace
             WHERE v.oid = CAST(? AS oid)
            """);

    static final Sql POLICY = Sql.of("""
            SELECT format('CREATE POLICY %I ON %I.%I AS %s FOR %s TO %s%s%s', p.polname, n.nspname, r.relname,
                          CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
                          CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
                                        WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
                          (SELECT string_agg(coalesce(quote_ident(o.rolname), 'PUBLIC'), ', ' ORDER BY o.rolname)
                             FROM unnest(p.polroles) AS granted(oid) LEFT JOIN pg_roles o ON o.oid = granted.oid),
                          ' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')',
                          ' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')')
              FROM pg_policy p
              JOIN pg_class r ON r.oid = p.polrelid
              JOIN pg_namespace n ON n.oid = r.relnamespace
             WHERE p.oid = CAST(? AS oid)
            """);

    static final Sql SEQUENCE = Sql.of("""
            SELECT format('CREATE SEQUENCE %I.%I AS %s INCREMENT %s MINVALUE %s MAXVALUE %s START %s CACHE %s%s',
                          n.nspname, r.relname, format_type(s.seqtypid, NULL), s.seqincrement, s.seqmin, s.seqmax,
                          s.seqstart, s.seqcache, CASE WHEN s.seqcycle THEN ' CYCLE' END)
              FROM pg_sequence s
              JOIN pg_class r ON r.oid = s.seqrelid
              JOIN pg_namespace n ON n.oid = r.relnamespace
             WHERE s.seqrelid = CAST(? AS oid)
            """);

    /** From PostgreSQL 18 on a generated column may be VIRTUAL ({@code v}). */
    private static final Sql GENERATED = Sql.of("""
            SELECT format('ALTER TABLE %I.%I ADD COLUMN %I %s%s GENERATED ALWAYS AS (%s) %s', n.nspname, r.relname,
                          a.attname, format_type(a.atttypid, a.atttypmod),
                          CASE WHEN a.attcollation <> t.typcollation THEN
                            (SELECT format(' COLLATE %I.%I', ln.nspname, l.collname) FROM pg_collation l
                               JOIN pg_namespace ln ON ln.oid = l.collnamespace WHERE l.oid = a.attcollation) END,
                          pg_get_expr(d.adbin, d.adrelid),
                          CASE a.attgenerated WHEN 'v' THEN 'VIRTUAL' ELSE 'STORED' END)
              FROM pg_attribute a
              JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
              JOIN pg_type t ON t.oid = a.atttypid
              JOIN pg_class r ON r.oid = a.attrelid
              JOIN pg_namespace n ON n.oid = r.relnamespace
             WHERE a.attrelid = CAST(? AS oid) AND a.attname = ?
            """);

    private ObjectDefinitions() {}

    static Optional<SavedDefinition> generated(Transaction tx, LiveTable table, String column) {
        return tx.first(GENERATED, row -> row.getString(1), table.oid(), column)
                .map(text -> new SavedDefinition("generated column", column, text));
    }
}
