package dev.sealway.coverage;

import dev.sealway.batch.DirtyRows;
import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.coverage.CoverageReport.Fault;
import dev.sealway.coverage.CoverageReport.Rows;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.plan.TablePlan;
import dev.sealway.progress.Progress;
import dev.sealway.proof.ColumnProof;
import dev.sealway.proof.EvidenceLook;
import dev.sealway.proof.StretchSum;
import dev.sealway.proof.TableProof;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decrypts every row of a table: compares it where there is a plaintext beside it, and otherwise sees whether it opens. */
final class RowsCheck {

    private static final String NO_EVIDENCE = "";
    private static final Sql NULLS = Sql.of("SELECT pg_catalog.count(*) FROM {table} t WHERE t.{column} IS NULL");

    private final Transaction tx;
    private final WalkedTable table;
    private final Progress progress;

    RowsCheck(Transaction tx, WalkedTable table, Progress progress) {
        this.tx = tx;
        this.table = table;
        this.progress = progress;
    }

    /** By the plaintext column's name. */
    Map<String, Rows> run() {
        Map<String, Rows> rows = new HashMap<>();
        List<WalkedColumn> compared = new ArrayList<>();
        for (WalkedColumn column : table.columns()) {
            ColumnPhase phase = column.registered().phase();
            if (phase == ColumnPhase.REGISTERED) {
                continue;
            }
            if (column.isInPlace() || !phase.hasPlaintext()) {
                rows.put(column.plaintext().name(), opened(column));
            } else {
                compared.add(column);
            }
        }
        if (!compared.isEmpty()) {
            String work = "look at %s".formatted(table.name());
            progress.began(work, Math.max(0, table.live().estimatedRows()));
            new TableProof(table.with(compared))
                    .ofEveryRow(tx, Optional.empty(), NO_EVIDENCE, progress, work)
                    .forEach(proof -> rows.put(proof.column().plaintext().name(), compared(proof)));
            progress.ended(work);
        }
        return rows;
    }

    private Rows compared(ColumnProof proof) {
        long outside = DirtyRows.countOutside(tx, table.only(proof.column()), Long.MAX_VALUE);
        // a verifier that lets an altered ciphertext pass has proved nothing
        long proven = proof.controlled() ? proof.proven() : 0;
        return new Rows(
                proven,
                proof.onlyEncrypted(),
                proof.nulls(),
                proof.dirty() - outside,
                outside,
                proof.mismatched() + proof.proven() - proven);
    }

    private Rows opened(WalkedColumn column) {
        StretchSum all = EvidenceLook.withoutSum(tx, table, column).everything();
        long opened = all.rows() - all.nulls() - all.failed();
        if (!column.isInPlace()) {
            return new Rows(opened, 0, all.nulls(), 0, 0, all.failed());
        }
        WalkedTable only = table.only(column);
        long outside = DirtyRows.countOutside(tx, only, Long.MAX_VALUE);
        long nulls = tx.number(NULLS.with("table", table.name()).with("column", column.plaintext()));
        return new Rows(opened, 0, nulls, DirtyRows.count(tx, only, Long.MAX_VALUE) - outside, outside, all.failed());
    }

    static List<Fault> faults(TablePlan plan, RegisteredColumn column, Rows rows) {
        List<Fault> faults = new ArrayList<>();
        String name = "column %s.%s".formatted(plan.name(), column.plaintext());
        // before the backfill is through they are what is left of it
        if (rows.stale() > 0 && column.phase().isAtLeast(ColumnPhase.BACKFILLED)) {
            faults.add(new Fault(
                    Concern.ROWS,
                    "%s has %s whose plaintext is not encrypted, or changed since".formatted(name, rows(rows.stale())),
                    "run 'sealway backfill'"));
        }
        if (rows.wrong() > 0) {
            faults.add(new Fault(
                    Concern.ROWS,
                    rows.wrong() == 1
                            ? "%s has 1 row that does not decrypt, or not to what it should".formatted(name)
                            : "%s has %d rows that do not decrypt, or not to what they should"
                                    .formatted(name, rows.wrong()),
                    column.phase().hasPlaintext()
                            ? "run 'sealway verify', which names them"
                            : "run 'sealway verify --evidence', and 'sealway restore' with a backup"));
        }
        return faults;
    }

    private static String rows(long count) {
        return count == 1 ? "1 row" : "%d rows".formatted(count);
    }
}
