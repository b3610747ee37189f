package dev.sealway.coverage;

import dev.sealway.batch.WalkedTable;
import dev.sealway.catalog.LiveTable;
import dev.sealway.coverage.CoverageReport.Column;
import dev.sealway.coverage.CoverageReport.Fault;
import dev.sealway.coverage.CoverageReport.Rows;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Transaction;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.plan.ColumnPlan;
import dev.sealway.plan.TablePlan;
import dev.sealway.progress.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds one table to the terms, as one snapshot sees it. Writes nothing. Bound to one transaction; not thread-safe. */
public final class TableCoverage {

    private static final String EXPAND = "run 'sealway expand'";

    private final Transaction tx;
    private final CoverageTerms terms;
    private final Progress progress;

    public TableCoverage(Transaction tx, CoverageTerms terms, Progress progress) {
        this.tx = tx;
        this.terms = terms;
        this.progress = progress;
    }

    /** A table that is not in the database. */
    public List<Column> ofMissing(TablePlan plan) {
        return none(
                plan,
                "table %s is not in this database".formatted(plan.name()),
                "connect to the right database, or correct the plan");
    }

    /** A table of which nothing is registered. */
    public List<Column> ofUntouched(TablePlan plan) {
        return none(plan, "table %s is not expanded".formatted(plan.name()), EXPAND);
    }

    private List<Column> none(TablePlan plan, String words, String cure) {
        List<Fault> faults = terms.asksFor(Concern.PHASE) ? List.of(new Fault(Concern.PHASE, words, cure)) : List.of();
        return plan.columns().stream()
                .map(c -> new Column(plan.name(), c.name(), Optional.empty(), Optional.empty(), faults))
                .toList();
    }

    /** @param walked with those columns of the plan that are registered */
    public List<Column> of(TablePlan plan, WalkedTable walked) {
        Map<String, Rows> rows = terms.asksFor(Concern.ROWS) ? new RowsCheck(tx, walked, progress).run() : Map.of();
        List<Fault> guard = terms.asksFor(Concern.PHASE) ? guard(walked) : List.of();
        Set<Long> guarded = guardedOf(walked);
        List<Column> columns = new ArrayList<>();
        for (ColumnPlan column : plan.columns()) {
            Optional<RegisteredColumn> known = registered(walked, column);
            List<Fault> faults = new ArrayList<>();
            if (terms.asksFor(Concern.PHASE)) {
                faults.addAll(new PhaseCheck(tx, plan.name(), terms.until()).of(column, known));
                known.filter(c -> guarded.contains(c.id())).ifPresent(c -> faults.addAll(guard));
            }
            Optional<Rows> counted = Optional.ofNullable(rows.get(column.name()));
            known.ifPresent(c -> counted.ifPresent(r -> faults.addAll(RowsCheck.faults(plan, c, r))));
            known.filter(c -> terms.asksFor(Concern.RESIDUE) && isBack(walked.live(), c))
                    .ifPresent(c -> faults.add(back(plan, c)));
            columns.add(new Column(plan.name(), column.name(), known.map(RegisteredColumn::phase), counted, faults));
        }
        return columns;
    }

    private static Optional<RegisteredColumn> registered(WalkedTable walked, ColumnPlan column) {
        return walked.registered().columns().stream()
                .filter(c -> c.plaintext().name().equals(column.name()))
                .findFirst();
    }

    private List<Fault> guard(WalkedTable walked) {
        if (walked.guarded().isEmpty()) {
            return List.of();
        }
        try {
            walked.guard().require(tx, walked.guarded(), walked.rowKey().names());
            return List.of();
        } catch (SealwayException e) {
            return List.of(new Fault(
                    Concern.PHASE,
                    "the guard of %s does not stand as it should, so rows may have become".formatted(walked.name())
                            + " stale unnoticed",
                    "run 'sealway expand', 'sealway backfill' and 'sealway verify'"));
        }
    }

    private static Set<Long> guardedOf(WalkedTable walked) {
        Set<Object> names = walked.guarded().stream().map(g -> g.plaintext()).collect(Collectors.toSet());
        return walked.registered().columns().stream()
                .filter(c -> names.contains(c.plaintext()))
                .map(RegisteredColumn::id)
                .collect(Collectors.toSet());
    }

    /** Somebody added the column again that was dropped. */
    private static boolean isBack(LiveTable live, RegisteredColumn column) {
        return column.phase() == ColumnPhase.CONTRACTED
                && live.column(column.plaintext().name()).isPresent();
    }

    private static Fault back(TablePlan plan, RegisteredColumn column) {
        return new Fault(
                Concern.RESIDUE,
                "column %s.%s was dropped, and a column of that name is there again"
                        .formatted(plan.name(), column.plaintext()),
                "move its values into %s, and drop it".formatted(column.encrypted()));
    }
}
