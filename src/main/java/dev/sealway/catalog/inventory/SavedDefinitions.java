package dev.sealway.catalog.inventory;

import dev.sealway.catalog.CatalogPath;
import dev.sealway.catalog.LiveTable;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes down what contract takes away: the columns' own attributes, and everything in the inventory.
 *
 * <p>The position of a column cannot be restored. Immutable queries; everything is printed with full names.
 */
public final class SavedDefinitions {

    private static final Sql COLUMN = Sql.of("""
            WITH c AS (
              SELECT a.*, format('%I.%I', n.nspname, r.relname) AS rel, quote_ident(a.attname) AS col,
                     t.typstorage, t.typcollation
                FROM pg_attribute a
                JOIN pg_class r ON r.oid = a.attrelid
                JOIN pg_namespace n ON n.oid = r.relnamespace
                JOIN pg_type t ON t.oid = a.atttypid
               WHERE a.attrelid = CAST(? AS oid) AND a.attname = ANY (?) AND NOT a.attisdropped)
            SELECT 1 AS place, 'type' AS kind, c.attname AS name, format_type(c.atttypid, c.atttypmod) AS definition FROM c
            UNION ALL
            SELECT 2, 'collation', c.attname, format('%I.%I', n.nspname, l.collname)
              FROM c JOIN pg_collation l ON l.oid = c.attcollation JOIN pg_namespace n ON n.oid = l.collnamespace
             WHERE c.attcollation <> c.typcollation
            UNION ALL
            SELECT 3, 'default', c.attname,
                   format('ALTER TABLE %s ALTER COLUMN %s SET DEFAULT %s', c.rel, c.col, pg_get_expr(d.adbin, d.adrelid))
              FROM c JOIN pg_attrdef d ON d.adrelid = c.attrelid AND d.adnum = c.attnum
             WHERE c.attgenerated = ''
            UNION ALL
            SELECT 4, 'storage', c.attname,
                   format('ALTER TABLE %s ALTER COLUMN %s SET STORAGE %s', c.rel, c.col,
                          CASE c.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL'
                                            WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END)
              FROM c WHERE c.attstorage <> c.typstorage
            UNION ALL
            SELECT 5, 'compression', c.attname,
                   format('ALTER TABLE %s ALTER COLUMN %s SET COMPRESSION %s', c.rel, c.col,
                          CASE c.attcompression WHEN 'l' THEN 'lz4' ELSE 'pglz' END)
              FROM c WHERE c.attcompression <> ''
            UNION ALL
            SELECT 6, 'statistics target', c.attname,
                   format('ALTER TABLE %s ALTER COLUMN %s SET STATISTICS %s', c.rel, c.col, c.attstattarget)
              FROM c WHERE c.attstattarget >= 0
            UNION ALL
            SELECT 7, 'comment', c.attname,
                   format('COMMENT ON COLUMN %s.%s IS %L', c.rel, c.col, col_description(c.attrelid, c.attnum))
              FROM c WHERE col_description(c.attrelid, c.attnum) IS NOT NULL
            UNION ALL
            SELECT 8, 'grant', c.attname,
                   format('GRANT %s (%s) ON %s TO %s%s', g.privilege_type, c.col, c.rel,
                          coalesce(quote_ident(r.rolname), 'PUBLIC'),
                          CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' END)
              FROM c CROSS JOIN aclexplode(c.attacl) g LEFT JOIN pg_roles r ON r.oid = g.grantee
            UNION ALL
            SELECT 9, 'not null', c.attname, format('ALTER TABLE %s ALTER COLUMN %s SET NOT NULL', c.rel, c.col)
              FROM c WHERE c.attnotnull
             ORDER BY name, place, definition
            """);

    private static final Sql NAME = Sql.of("""
            SELECT format('%I.%I', n.nspname, r.relname) FROM pg_class r JOIN pg_namespace n ON n.oid = r.relnamespace
             WHERE r.oid = CAST(? AS oid)
            """);

    /** One parameter, an oid, each. */
    private static final Map<String, Sql> PRINTED = Map.ofEntries(
            Map.entry("index", Sql.of("SELECT pg_get_indexdef(CAST(? AS oid))")),
            Map.entry("constraint", ObjectDefinitions.CONSTRAINT),
            Map.entry("foreign key", ObjectDefinitions.CONSTRAINT),
            Map.entry("trigger", Sql.of("SELECT pg_get_triggerdef(CAST(? AS oid))")),
            Map.entry("rule", Sql.of("SELECT pg_get_ruledef(CAST(? AS oid))")),
            Map.entry("view", ObjectDefinitions.VIEW),
            Map.entry("materialized view", ObjectDefinitions.VIEW),
            Map.entry("function", Sql.of("SELECT pg_get_functiondef(CAST(? AS oid))")),
            Map.entry("procedure", Sql.of("SELECT pg_get_functiondef(CAST(? AS oid))")),
            Map.entry("statistics", Sql.of("SELECT pg_get_statisticsobjdef(CAST(? AS oid))")),
            Map.entry("policy", ObjectDefinitions.POLICY),
            Map.entry("sequence", ObjectDefinitions.SEQUENCE));

    private SavedDefinitions() {}

    /** @param inventory what {@link Inventory} found for these columns */
    public static List<SavedDefinition> of(
            Transaction tx, LiveTable table, Collection<Identifier> columns, List<Dependent> inventory) {
        String[] names = columns.stream().map(Identifier::name).toArray(String[]::new);
        return CatalogPath.only(tx, () -> Stream.of(
                        tx.first(NAME, row -> named(row.getString(1)), table.oid()).stream(),
                        attributes(tx, table, names).stream(),
                        inventory.stream().flatMap(d -> printed(tx, table, d)))
                .flatMap(s -> s)
                .collect(Collectors.toUnmodifiableList()));
    }

    private static SavedDefinition named(String table) {
        return new SavedDefinition(SavedDefinition.TABLE, "", table);
    }

    private static List<SavedDefinition> attributes(Transaction tx, LiveTable table, String[] names) {
        return tx.list(
                COLUMN,
                row -> new SavedDefinition(row.getString("kind"), row.getString("name"), row.getString("definition")),
                table.oid(),
                names);
    }

    private static Stream<SavedDefinition> printed(Transaction tx, LiveTable table, Dependent dependent) {
        return switch (dependent.kind()) {
            case "default", "grant" -> Stream.empty();
            case "generated column" -> generated(tx, table, dependent);
            case "publication" -> ObjectAttributes.publication(tx, dependent, table.oid());
            default ->
                PRINTED.containsKey(dependent.kind())
                        ? Stream.concat(
                                tx
                                        .list(PRINTED.get(dependent.kind()), row -> row.getString(1), dependent.oid())
                                        .stream()
                                        .map(text -> new SavedDefinition(dependent.kind(), dependent.name(), text)),
                                ObjectAttributes.of(tx, dependent))
                        : Stream.of(new SavedDefinition(dependent.kind(), dependent.name(), dependent.detail()));
        };
    }

    /** A column like the others, whose type and expression are in one statement. */
    private static Stream<SavedDefinition> generated(Transaction tx, LiveTable table, Dependent dependent) {
        return Stream.concat(
                ObjectDefinitions.generated(tx, table, dependent.name()).stream(),
                attributes(tx, table, new String[] {dependent.name()}).stream()
                        .filter(d -> !d.kind().equals("type") && !d.kind().equals("collation")));
    }
}
