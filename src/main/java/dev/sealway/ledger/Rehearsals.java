package dev.sealway.ledger;

import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Rehearsals of the way back that held. Contract asks for one that is newer than the last verify. Bound to one
 * transaction; not thread-safe.
 */
public final class Rehearsals {

    private static final Sql INSERT = Sql.of("""
            INSERT INTO sealway.rehearsal (plan, table_id, columns, run_id, rows, fingerprint)
            VALUES (?, ?, ?, ?, ?, ?)""");

    /** Runs on one table exclude each other, so the order of their numbers is that of time. */
    private static final Sql COVERED = Sql.of("""
            SELECT EXISTS (
              SELECT FROM sealway.rehearsal r
               WHERE r.table_id = ? AND r.columns OPERATOR(pg_catalog.@>) ?
                 AND NOT EXISTS (SELECT FROM sealway.verified_table v
                                  WHERE v.table_id = r.table_id AND v.change = ?
                                    AND (v.run_id > r.run_id OR v.fingerprint <> r.fingerprint)))""");

    private final Transaction tx;

    private Rehearsals(Transaction tx) {
        this.tx = tx;
    }

    public static Rehearsals in(Transaction tx) {
        return new Rehearsals(tx);
    }

    /** @param fingerprint of the table's definition when it was rehearsed */
    public void record(
            RegisteredTable table, Collection<RegisteredColumn> columns, long runId, long rows, String fingerprint) {
        tx.execute(INSERT, table.plan(), table.id(), names(columns), runId, rows, fingerprint);
    }

    /** Whether the way back of all {@code columns} was rehearsed since each was verified, on the definition that was. */
    public boolean cover(RegisteredTable table, Collection<RegisteredColumn> columns) {
        Map<Integer, List<RegisteredColumn>> changes =
                columns.stream().collect(Collectors.groupingBy(RegisteredColumn::change));
        return changes.entrySet().stream()
                .allMatch(c -> tx.isTrue(COVERED, table.id(), names(c.getValue()), c.getKey()));
    }

    private static String[] names(Collection<RegisteredColumn> columns) {
        return columns.stream().map(c -> c.plaintext().name()).toArray(String[]::new);
    }
}
