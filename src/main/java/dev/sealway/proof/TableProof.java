package dev.sealway.proof;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.crypto.Prf;
import dev.sealway.jdbc.Transaction;
import dev.sealway.progress.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Proves every row of a table, or given rows of it, in the caller's transaction. Not thread-safe. */
public final class TableProof {

    private static final int REPORT_EVERY = 5_000;

    private final WalkedTable table;
    private final ProofSql sql;

    public TableProof(WalkedTable table) {
        this.table = table;
        this.sql = new ProofSql(table);
    }

    /**
     * Streams the whole table through, as one snapshot sees it, in constant memory.
     *
     * @param evidence the key that sums it up; empty if there is none: then nothing is summed up, since a sum without a key
     *     could be guessed from
     * @param evidenceId tells this proof's evidence from every other
     * @param work names the work towards {@code progress}
     */
    public List<ColumnProof> ofEveryRow(
            Transaction tx, Optional<Prf> evidence, String evidenceId, Progress progress, String work) {
        List<EvidenceHash> hashes = evidence.stream()
                .flatMap(prf -> table.columns().stream()
                        .map(c ->
                                new EvidenceHash(prf, evidenceId, c.registered().context())))
                .toList();
        RowProver prover = new RowProver(table.columns(), hashes);
        List<ColumnTally> tallies = new ArrayList<>();
        for (WalkedColumn column : table.columns()) {
            tallies.add(new ColumnTally(column, tallies.size(), prover, evidence.map(prf -> new EvidenceSum())));
        }
        long[] rows = new long[1];
        Consumer<ProvenRow> taker = row -> {
            tallies.forEach(t -> t.take(row));
            if (++rows[0] % REPORT_EVERY == 0) {
                progress.advanced(work, REPORT_EVERY);
            }
        };
        try (ProveAhead ahead = new ProveAhead(prover, taker)) {
            tx.copyOut(sql.all(), fields -> ahead.bring(sql.row(fields)));
            ahead.finish();
        }
        progress.advanced(work, rows[0] % REPORT_EVERY);
        return tallies.stream().map(ColumnTally::close).toList();
    }

    /** The rows of these keys that are there, as they are now. */
    public SomeRows rows(Transaction tx, List<List<String>> keys) {
        List<ProofRow> rows = tx.list(
                sql.some(),
                result -> {
                    byte[][] fields = new byte[sql.fieldCount()][];
                    for (int f = 0; f < fields.length; f++) {
                        fields[f] = result.getBytes(f + 1);
                    }
                    return sql.row(fields);
                },
                arrays(keys));
        return new SomeRows(table, rows);
    }

    private Object[] arrays(List<List<String>> keys) {
        int columns = table.rowKey().columns().size();
        Object[] arrays = new Object[columns];
        for (int k = 0; k < columns; k++) {
            int at = k;
            arrays[k] = keys.stream().map(key -> key.get(at)).toArray(String[]::new);
        }
        return arrays;
    }
}
