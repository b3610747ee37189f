package dev.sealway.catalog.inventory;

import dev.sealway.jdbc.Sql;

/**
 * The common table expressions that every query of the inventory begins with.
 *
 * <p>Three parameters: the table's oid, the names of the plaintext columns, the names of Sealway's own columns.
 * {@code member} holds the table and its partitions; {@code target} their plaintext columns; {@code used} what
 * {@code pg_depend} knows to use these, with whether that stops a drop (an object that also goes automatically does
 * not); {@code own} what uses a column of Sealway's.
 */
final class UsedObjects {

    static final Sql SQL = Sql.of("""
            that AS (
              SELECT CAST(? AS oid) AS oid, CAST(? AS text[]) AS names, CAST(? AS text[]) AS own_names),
            member AS (
              SELECT oid FROM that
              UNION
              SELECT CAST(p.relid AS oid) FROM that CROSS JOIN pg_partition_tree(that.oid) p),
            target AS (
              SELECT a.attrelid, a.attnum, a.attname, a.attacl
                FROM that
                CROSS JOIN member
                JOIN pg_attribute a ON a.attrelid = member.oid AND a.attname = ANY (that.names) AND NOT a.attisdropped),
            used AS (
              SELECT d.classid, d.objid, d.objsubid, bool_or(d.refuses) AS refuses,
                     string_agg(DISTINCT CAST(d.attname AS text), ', ') AS columns
                FROM (SELECT d.classid, d.objid, d.objsubid, t.attname, bool_and(d.deptype = 'n') AS refuses
                        FROM pg_depend d
                        JOIN target t ON t.attrelid = d.refobjid AND t.attnum = d.refobjsubid
                       WHERE d.refclassid = 'pg_class'::regclass
                       GROUP BY d.classid, d.objid, d.objsubid, t.attrelid, t.attname) d
               GROUP BY d.classid, d.objid, d.objsubid),
            own AS (
              SELECT d.classid, d.objid
                FROM that
                CROSS JOIN member
                JOIN pg_attribute a ON a.attrelid = member.oid AND a.attname = ANY (that.own_names)
                     AND NOT a.attisdropped
                JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = a.attrelid
                     AND d.refobjsubid = a.attnum)""");

    private UsedObjects() {}
}
