package dev.sealway.catalog.check;

import dev.sealway.catalog.LiveTable;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.plan.DerivedNames;
import java.sql.Array;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What else decides whether a table can be worked on.
 *
 * @param persistence {@code relpersistence}: p permanent, u unlogged, t temporary
 * @param partitionOf the table of which this one is a partition, otherwise empty
 * @param inherits whether legacy inheritance connects it with other tables
 * @param foreignPartitions whether rows of it are kept on another server
 * @param owned whether our role owns it, directly or as a member
 * @param canCreate whether our role may create objects in its schema
 * @param rowSecurity whether policies hide rows from our role
 * @param preparedTransactions how many transactions prepared for two-phase commit hold locks on it
 * @param sealedViewExists whether its schema has a relation of the name that the view will get
 * @param lateTriggers BEFORE ROW UPDATE triggers that fire after the guard would
 * @param primaryKey its columns by name; likewise the partition key and the replica identity, where an index is one
 */
record TableFacts(
        char persistence,
        Optional<String> partitionOf,
        boolean inherits,
        boolean foreignPartitions,
        boolean owned,
        boolean canCreate,
        boolean rowSecurity,
        long preparedTransactions,
        boolean sealedViewExists,
        List<String> lateTriggers,
        Set<String> primaryKey,
        Set<String> partitionKey,
        Set<String> replicaIdentity) {

    /** Triggers fire in the order of their names' bytes; bits of {@code tgtype}: 1 row, 2 before, 16 update. */
    private static final Sql FACTS = Sql.of("""
            WITH member AS (
              SELECT CAST(? AS oid) AS oid
              UNION
              SELECT CAST(p.relid AS oid) FROM pg_partition_tree(CAST(? AS oid)) p)
            SELECT c.relpersistence,
                   (SELECT format('%s.%s', n.nspname, p.relname)
                      FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent
                      JOIN pg_namespace n ON n.oid = p.relnamespace
                     WHERE i.inhrelid = c.oid AND c.relispartition) AS partition_of,
                   EXISTS (SELECT 1 FROM pg_inherits i JOIN pg_class k ON k.oid = i.inhrelid
                            WHERE c.oid IN (i.inhrelid, i.inhparent) AND NOT k.relispartition) AS inherits,
                   EXISTS (SELECT 1 FROM member m JOIN pg_class p ON p.oid = m.oid
                            WHERE p.relkind = 'f' AND c.relkind = 'p') AS foreign_partitions,
                   pg_has_role(c.relowner, 'USAGE') AS owned,
                   has_schema_privilege(c.relnamespace, 'CREATE') AS can_create,
                   row_security_active(c.oid) AS row_security,
                   (SELECT count(DISTINCT l.virtualtransaction) FROM pg_locks l
                     WHERE l.locktype = 'relation' AND l.pid IS NULL AND l.relation IN (SELECT oid FROM member)
                       AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS prepared,
                   EXISTS (SELECT 1 FROM pg_class v
                            WHERE v.relnamespace = c.relnamespace AND v.relname = ?) AS sealed_view_exists,
                   ARRAY(SELECT DISTINCT CAST(g.tgname AS text) FROM pg_trigger g
                          WHERE g.tgrelid IN (SELECT oid FROM member) AND NOT g.tgisinternal AND g.tgenabled <> 'D'
                            AND g.tgtype & 19 = 19 AND NOT starts_with(CAST(g.tgname AS text), '~sealway')
                            AND CAST(g.tgname AS text) COLLATE "C" > '~sealway_guard') AS late_triggers,
                   ARRAY(SELECT CAST(a.attname AS text) FROM pg_index i
                           JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
                          WHERE i.indrelid = c.oid AND i.indisprimary) AS primary_key,
                   ARRAY(SELECT DISTINCT CAST(a.attname AS text) FROM pg_partitioned_table p
                           JOIN pg_attribute a ON a.attrelid = p.partrelid AND a.attnum > 0
                                AND (a.attnum = ANY (p.partattrs)
                                     OR CAST(p.partexprs AS text) LIKE format('%%:varattno %s %%', a.attnum))
                          WHERE p.partrelid IN (SELECT oid FROM member)) AS partition_key,
                   ARRAY(SELECT DISTINCT CAST(a.attname AS text) FROM pg_index i
                           JOIN pg_class r ON r.oid = i.indrelid AND r.relreplident = 'i'
                           JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
                          WHERE i.indrelid IN (SELECT oid FROM member) AND i.indisreplident) AS replica_identity
              FROM pg_class c
             WHERE c.oid = CAST(? AS oid)
            """);

    static TableFacts of(Transaction tx, LiveTable table) {
        return tx.first(
                        FACTS,
                        row -> new TableFacts(
                                row.getString("relpersistence").charAt(0),
                                Optional.ofNullable(row.getString("partition_of")),
                                row.getBoolean("inherits"),
                                row.getBoolean("foreign_partitions"),
                                row.getBoolean("owned"),
                                row.getBoolean("can_create"),
                                row.getBoolean("row_security"),
                                row.getLong("prepared"),
                                row.getBoolean("sealed_view_exists"),
                                texts(row.getArray("late_triggers")),
                                new HashSet<>(texts(row.getArray("primary_key"))),
                                new HashSet<>(texts(row.getArray("partition_key"))),
                                new HashSet<>(texts(row.getArray("replica_identity")))),
                        table.oid(),
                        table.oid(),
                        DerivedNames.view(table.name().name().name()),
                        table.oid())
                .orElseThrow();
    }

    private static List<String> texts(Array array) throws SQLException {
        return Arrays.asList((String[]) array.getArray());
    }
}
