package dev.sealway.proof;

import dev.sealway.batch.WalkedTable;
import java.util.ArrayList;
import java.util.List;

/** Rows as one transaction saw them, to be proved in it or after it. Not thread-safe. */
public final class SomeRows {

    private final WalkedTable table;
    private final List<ProofRow> rows;

    SomeRows(WalkedTable table, List<ProofRow> rows) {
        this.table = table;
        this.rows = List.copyOf(rows);
    }

    /** What is wrong with them; dirty rows are not. */
    public List<Mismatch> mismatches() {
        List<Mismatch> mismatches = new ArrayList<>();
        RowProver prover = new RowProver(table.columns(), List.of());
        try (ProveAhead ahead = new ProveAhead(
                prover, row -> row.verdicts().forEach(v -> v.mismatch().ifPresent(mismatches::add)))) {
            rows.forEach(ahead::bring);
            ahead.finish();
        }
        return mismatches;
    }
}
