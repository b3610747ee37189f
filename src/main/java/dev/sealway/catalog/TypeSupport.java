package dev.sealway.catalog;

import dev.sealway.crypto.Encoding;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.List;
import java.util.Set;

/**
 * Which SQL types come back from encryption byte for byte, and how each is encoded.
 *
 * <p>Supported are the base types that were tried, value by value, and everything made of them: arrays, domains,
 * enums, composites, ranges and multiranges. The text form of any other type may lose something.
 */
public final class TypeSupport {

    private static final int SHORT_VALUES_PAD = 32;

    private static final Set<String> BINARY = Set.of("bytea");

    /** Types of one text form per value: others would make a row's associated data ambiguous. */
    private static final Set<String> ROW_BINDING = Set.of("int2", "int4", "int8", "uuid", "text", "varchar", "date");

    /** Types with so few values that their frequencies give them away. */
    private static final Set<String> ENUMERABLE = Set.of("bool", "date", "char");

    /** Types whose values are so short that the length of a ciphertext tells them apart. */
    private static final Set<String> SHORT_VALUES = Set.of(
            "bool",
            "char",
            "int2",
            "int4",
            "int8",
            "float4",
            "float8",
            "numeric",
            "money",
            "oid",
            "pg_lsn",
            "date",
            "time",
            "timetz",
            "timestamp",
            "timestamptz",
            "interval",
            "uuid",
            "inet",
            "cidr",
            "macaddr",
            "macaddr8",
            "bit",
            "varbit",
            "point");

    /** The base types that a type is made of, all the way down, less those that were tried. */
    private static final Sql UNTRIED = Sql.of("""
            WITH RECURSIVE part(oid) AS (
              SELECT CAST(CAST(CAST(? AS text) AS regtype) AS oid)
              UNION
              SELECT made_of.oid
                FROM part
                JOIN pg_type t ON t.oid = part.oid
                CROSS JOIN LATERAL (
                  SELECT t.typbasetype WHERE t.typtype = 'd'
                  UNION ALL
                  SELECT e.oid FROM pg_type e WHERE e.oid = t.typelem AND e.typarray = t.oid
                  UNION ALL
                  SELECT a.atttypid FROM pg_attribute a
                   WHERE t.typtype = 'c' AND a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
                  UNION ALL
                  SELECT r.rngsubtype FROM pg_range r WHERE r.rngtypid = t.oid
                  UNION ALL
                  SELECT r.rngsubtype FROM pg_range r WHERE r.rngmultitypid = t.oid) AS made_of(oid))
            SELECT format_type(t.oid, NULL)
              FROM part
              JOIN pg_type t ON t.oid = part.oid
             WHERE t.typtype IN ('b', 'p')
               AND NOT EXISTS (SELECT 1 FROM pg_type e WHERE e.oid = t.typelem AND e.typarray = t.oid)
               AND NOT (t.typnamespace = 'pg_catalog'::regnamespace AND t.typname IN (
                     'bool', 'char', 'name', 'text', 'varchar', 'bpchar', 'bytea', 'int2', 'int4', 'int8', 'float4',
                     'float8', 'numeric', 'money', 'oid', 'pg_lsn', 'date', 'time', 'timetz', 'timestamp',
                     'timestamptz', 'interval', 'uuid', 'json', 'jsonb', 'xml', 'inet', 'cidr', 'macaddr', 'macaddr8',
                     'bit', 'varbit', 'point', 'tsvector'))
               AND NOT EXISTS (
                     SELECT 1 FROM pg_depend d JOIN pg_extension x ON x.oid = d.refobjid
                      WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid
                        AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
                        AND t.typname = x.extname AND x.extname IN ('citext', 'hstore'))
             ORDER BY 1
            """);

    private TypeSupport() {}

    /** Whether every base type that the column's type is made of was tried. */
    public static boolean supports(Transaction tx, LiveColumn column) {
        return untried(tx, column).isEmpty();
    }

    /** The base types within the column's type that were not tried; such a column needs a full round-trip scan. */
    public static List<String> untried(Transaction tx, LiveColumn column) {
        return CatalogPath.only(
                tx,
                () -> tx.list(UNTRIED, row -> row.getString(1), column.type().sql()));
    }

    /** {@code raw/1} for bytes and domains over them, {@code pgtext/1} for the rest; short values are padded. */
    public static Encoding encoding(LiveColumn column) {
        return new Encoding(form(column), defaultPad(column));
    }

    /** The same with the plan's own padding; 0 means none. */
    public static Encoding encoding(LiveColumn column, int pad) {
        return new Encoding(form(column), pad);
    }

    /** Whether the type itself has so few values that equal tokens tell them. */
    public static boolean isEnumerable(LiveColumn column) {
        return column.category() == 'e' || isBase(column, ENUMERABLE);
    }

    /** Whether a ciphertext can be bound to a row by a key column of this type. */
    public static boolean bindsRows(LiveColumn column) {
        return isBase(column, ROW_BINDING);
    }

    private static Encoding.Form form(LiveColumn column) {
        return isBase(column, BINARY) ? Encoding.Form.RAW_1 : Encoding.Form.PGTEXT_1;
    }

    private static int defaultPad(LiveColumn column) {
        return switch (column.category()) {
            case 'e', 'r', 'm' -> SHORT_VALUES_PAD;
            default -> isBase(column, SHORT_VALUES) ? SHORT_VALUES_PAD : 0;
        };
    }

    private static boolean isBase(LiveColumn column, Set<String> names) {
        return column.category() == 'b' && names.contains(column.baseType());
    }
}
