package dev.sealway.proof;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.crypto.Prf;
import dev.sealway.jdbc.Transaction;
import dev.sealway.progress.Progress;
import java.util.ArrayList;
import java.util.List;

/** Proves every row of a table, or given rows of it, in the caller's transaction. Not thread-safe. */
public final class TableProof {

    private static final int REPORT_EVERY = 5_000;

    private final WalkedTable table;
    private final ProofSql sql;
    private final RowProof proof;

    public TableProof(WalkedTable table) {
        this.table = table;
        this.sql = new ProofSql(table);
        this.proof = new RowProof(table.columns());
    }

    /**
     * Streams the whole table through, as one snapshot sees it, in constant memory.
     *
     * @param evidenceId tells this proof's evidence from every other
     * @param work names the work towards {@code progress}
     */
    public List<ColumnProof> ofEveryRow(
            Transaction tx, Prf evidence, String evidenceId, Progress progress, String work) {
        List<ColumnTally> tallies = new ArrayList<>();
        for (WalkedColumn column : table.columns()) {
            EvidenceSum sum =
                    new EvidenceSum(evidence, evidenceId, column.registered().context());
            tallies.add(new ColumnTally(column, tallies.size(), proof, sum));
        }
        long[] rows = new long[1];
        tx.copyOut(sql.all(), fields -> {
            ProofRow row = sql.row(fields);
            tallies.forEach(t -> t.take(row));
            if (++rows[0] % REPORT_EVERY == 0) {
                progress.advanced(work, REPORT_EVERY);
            }
        });
        progress.advanced(work, rows[0] % REPORT_EVERY);
        return tallies.stream().map(ColumnTally::close).toList();
    }

    /** What is wrong with the rows of these keys; rows that are not there any more are not wrong, nor are dirty ones. */
    public List<Mismatch> ofRows(Transaction tx, List<List<String>> keys) {
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
        List<Mismatch> mismatches = new ArrayList<>();
        for (ProofRow row : rows) {
            for (int c = 0; c < table.columns().size(); c++) {
                proof.of(row, c).mismatch().ifPresent(mismatches::add);
            }
        }
        return mismatches;
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
