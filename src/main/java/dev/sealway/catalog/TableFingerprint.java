package dev.sealway.catalog;

import dev.sealway.crypto.LengthPrefixed;
import dev.sealway.crypto.Sha256;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.Collection;
import java.util.List;

/**
 * A digest of a table's definition, by which contract sees that the table is still the one that was verified.
 *
 * <p>SHA-256, as lower-case hex, over {@link LengthPrefixed} lines: columns with type, NOT NULL and default;
 * constraints, indexes, rules and user triggers as the catalogue prints them, triggers with their enabled state and
 * their function's text; the partitions. What Sealway adds is left out, because it changes on purpose: triggers named
 * {@code ~sealway…}, the columns themselves while they have the type they were added with, and every index or constraint that touches an encrypted or
 * search column or has {@code sealway} in its name. Nothing in it depends on oids or on the search path.
 */
public final class TableFingerprint {

    private static final Sql LINES = Sql.of("""
            WITH own_column AS (
              SELECT a.attrelid, a.attnum,
                     CASE WHEN a.attname = ANY (?) THEN 'text'::regtype ELSE 'bytea'::regtype END AS added_as
                FROM pg_attribute a
               WHERE a.attrelid = CAST(? AS oid) AND a.attname = ANY (?) AND NOT a.attisdropped),
            own_object AS (
              SELECT d.classid, d.objid
                FROM pg_depend d
                JOIN own_column o ON o.attrelid = d.refobjid AND o.attnum = d.refobjsubid
               WHERE d.refclassid = 'pg_class'::regclass),
            that AS (SELECT CAST(? AS oid) AS oid)
            SELECT line FROM (
              SELECT 1 AS part, a.attnum AS place, NULL AS name,
                     format('column %s %s %s not null %s generated %s identity %s default %s', a.attname,
                            format_type(a.atttypid, a.atttypmod), (SELECT l.collname FROM pg_collation l
                                                                    WHERE l.oid = a.attcollation),
                            CASE WHEN o.attnum IS NULL THEN a.attnotnull END, a.attgenerated, a.attidentity,
                            pg_get_expr(d.adbin, d.adrelid)) AS line
                FROM that
                JOIN pg_attribute a ON a.attrelid = that.oid AND a.attnum > 0 AND NOT a.attisdropped
                LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                LEFT JOIN own_column o ON o.attnum = a.attnum
               WHERE o.attnum IS NULL OR a.atttypid <> o.added_as
              UNION ALL
              SELECT 2, 0, c.conname, format('constraint %s %s', c.conname, pg_get_constraintdef(c.oid))
                FROM that
                JOIN pg_constraint c ON c.conrelid = that.oid
               WHERE c.contype <> 't' AND c.conname NOT LIKE '%sealway%'
                 AND NOT EXISTS (SELECT 1 FROM own_object o
                                  WHERE o.classid = 'pg_constraint'::regclass AND o.objid = c.oid)
              UNION ALL
              SELECT 3, 0, x.relname, format('index %s valid %s', pg_get_indexdef(x.oid), i.indisvalid)
                FROM that
                JOIN pg_index i ON i.indrelid = that.oid
                JOIN pg_class x ON x.oid = i.indexrelid
                LEFT JOIN pg_constraint c ON c.conindid = x.oid AND c.conrelid = i.indrelid
               WHERE x.relname NOT LIKE '%sealway%'
                 AND NOT EXISTS (SELECT 1 FROM own_object o
                                  WHERE (o.classid = 'pg_class'::regclass AND o.objid = x.oid)
                                     OR (o.classid = 'pg_constraint'::regclass AND o.objid = c.oid))
              UNION ALL
              SELECT 4, 0, t.tgname, format('trigger %s enabled %s runs %s %s', pg_get_triggerdef(t.oid), t.tgenabled,
                                            p.proconfig, p.prosrc)
                FROM that
                JOIN pg_trigger t ON t.tgrelid = that.oid
                JOIN pg_proc p ON p.oid = t.tgfoid
               WHERE NOT t.tgisinternal AND NOT starts_with(t.tgname, '~sealway')
              UNION ALL
              SELECT 5, 0, r.rulename, format('rule %s enabled %s', pg_get_ruledef(r.oid), r.ev_enabled)
                FROM that
                JOIN pg_rewrite r ON r.ev_class = that.oid
              UNION ALL
              SELECT 6, 0, l.relname, format('partition %s.%s', l.relnamespace::regnamespace, l.relname)
                FROM that
                CROSS JOIN pg_partition_tree(that.oid) p
                JOIN pg_class l ON l.oid = p.relid AND p.level > 0) lines
             ORDER BY part, place, name, line COLLATE "C"
            """);

    private TableFingerprint() {}

    /**
     * @param own the encrypted and search columns that Sealway added
     * @param ownTexts those of them that it added as {@code text}; the others are {@code bytea}
     */
    public static String of(
            Transaction tx, LiveTable table, Collection<Identifier> own, Collection<Identifier> ownTexts) {
        Object[] binds = {names(ownTexts), table.oid(), names(own), table.oid()};
        List<String> lines = CatalogPath.only(tx, () -> tx.list(LINES, row -> row.getString("line"), binds));
        LengthPrefixed all = LengthPrefixed.of("sealway/table/v1");
        lines.forEach(all::and);
        return Sha256.hex(all.toByteArray());
    }

    private static String[] names(Collection<Identifier> columns) {
        return columns.stream().map(Identifier::name).toArray(String[]::new);
    }
}
