package dev.sealway.coverage;

import dev.sealway.coverage.CoverageReport.Fault;
import dev.sealway.jdbc.Transaction;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.Registry;
import dev.sealway.plan.ColumnPlan;
import dev.sealway.plan.TableName;
import java.util.List;
import java.util.Optional;

/** Whether a column is as far as it should be. */
final class PhaseCheck {

    private final Transaction tx;
    private final TableName table;
    private final ColumnPhase until;

    PhaseCheck(Transaction tx, TableName table, ColumnPhase until) {
        this.tx = tx;
        this.table = table;
        this.until = until;
    }

    List<Fault> of(ColumnPlan plan, Optional<RegisteredColumn> known) {
        Optional<RegisteredColumn> expanded = known.filter(c -> c.phase() != ColumnPhase.REGISTERED);
        if (expanded.isEmpty()) {
            return fault("column %s.%s is not expanded".formatted(table, plan.name()), "sealway expand");
        }
        RegisteredColumn column = expanded.get();
        String name = "column %s.%s".formatted(table, column.plaintext());
        if (column.phase() == ColumnPhase.REVERSING) {
            return fault("%s is being decrypted again".formatted(name), "sealway rollback");
        }
        if (!column.phase().isAtLeast(aim(column))) {
            return fault(
                    "%s is %s, and should be %s"
                            .formatted(name, column.phase().word(), aim(column).word()),
                    next(column));
        }
        if (column.phase() == ColumnPhase.CUT_OVER
                && until.isAtLeast(ColumnPhase.VERIFIED)
                && Registry.in(tx).verification(column).isEmpty()) {
            return fault("%s is cut over, and not verified any more".formatted(name), "sealway verify");
        }
        return List.of();
    }

    /** In place a verified column is as far as it goes. */
    private ColumnPhase aim(RegisteredColumn column) {
        return column.isInPlace() && until.isAtLeast(ColumnPhase.VERIFIED) ? ColumnPhase.VERIFIED : until;
    }

    private String next(RegisteredColumn column) {
        return switch (column.phase()) {
            case REGISTERED -> "sealway expand";
            case EXPANDED -> column.isInPlace() ? "sealway backup' and 'sealway backfill" : "sealway backfill";
            case BACKFILLED -> "sealway verify";
            case VERIFIED -> until == ColumnPhase.CUT_OVER ? "sealway cutover" : "sealway contract";
            case CUT_OVER -> "sealway contract";
            case CONTRACTED, REVERSING -> "sealway rollback";
        };
    }

    private static List<Fault> fault(String words, String command) {
        return List.of(new Fault(Concern.PHASE, words, "run '%s'".formatted(command)));
    }
}
