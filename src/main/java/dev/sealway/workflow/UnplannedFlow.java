package dev.sealway.workflow;

import dev.sealway.discover.ColumnFacts;
import dev.sealway.discover.Detector;
import dev.sealway.discover.Finding;
import dev.sealway.discover.live.Bounds;
import dev.sealway.discover.live.TableSample;
import dev.sealway.plan.Plan;
import dev.sealway.plan.Selection;
import dev.sealway.plan.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks for personal data beside the plan. Needs no key, writes nothing. */
final class UnplannedFlow {

    private final Means means;

    UnplannedFlow(Means means) {
        this.means = means;
    }

    UnplannedReport run(Selection selection, Bounds bounds) {
        Survey survey = new Survey(means.database(), bounds);
        List<TableName> tables = survey.tables(schemas(means.plan())).stream()
                .filter(t -> isChosen(t, selection))
                .toList();
        Set<String> known = new HashSet<>(PlannedNames.of(means.plan()));
        known.addAll(means.database().inTransaction(bounds.settings(), "reading the ledger", PlannedNames::registered));
        List<UnplannedReport.Column> columns = new ArrayList<>();
        int[] lookedAt = new int[1];
        List<String> notices = survey.each(tables, sample -> {
            lookedAt[0] += sample.columns().size();
            columns.addAll(unplanned(sample, known));
        });
        return new UnplannedReport(columns, tables.size(), lookedAt[0], notices);
    }

    /** Where the plan's tables are, others of the same application are. */
    private static Set<String> schemas(Plan plan) {
        return plan.tables().stream().map(t -> t.name().schema()).collect(Collectors.toSet());
    }

    private static boolean isChosen(TableName table, Selection selection) {
        return selection.tables().isEmpty()
                || selection.tables().contains(table.toString())
                || selection.tables().contains(table.table());
    }

    private static List<UnplannedReport.Column> unplanned(TableSample sample, Set<String> known) {
        TableName table = sample.table().tableName();
        List<UnplannedReport.Column> found = new ArrayList<>();
        for (ColumnFacts column : sample.columns()) {
            if (!known.contains(table + "." + column.name())) {
                Detector.look(column)
                        .filter(f ->
                                f.confidence() >= Detector.LIKELY && f.kind().isToBeSealed())
                        .ifPresent(f -> found.add(column(table, column, f)));
            }
        }
        return found;
    }

    private static UnplannedReport.Column column(TableName table, ColumnFacts column, Finding finding) {
        return new UnplannedReport.Column(
                table, column.name(), finding.kind().words(), finding.confidence(), finding.reason());
    }
}
