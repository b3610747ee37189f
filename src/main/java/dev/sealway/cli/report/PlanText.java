package dev.sealway.cli.report;

import dev.sealway.cli.console.Figures;
import dev.sealway.cli.console.TextTable;
import dev.sealway.workflow.PlanReport;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a plan means for its database, for people. */
public final class PlanText {
    private PlanText() {}

    public static List<String> lines(PlanReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("Plan %s fits the database.".formatted(report.plan()));
        lines.add("");
        TextTable columns = TextTable.of(5, "table", "column", "type", "encoding", "search");
        report.columns()
                .forEach(c -> columns.row(
                        c.table(), c.name(), c.type(), c.encoding(), c.search().orElse("-")));
        lines.addAll(columns.lines());
        lines.addAll(leakage(report));
        if (!report.notices().isEmpty()) {
            lines.add("");
            lines.add("To know before going on:");
            report.notices().forEach(n -> lines.add("  ! " + n.replace("\n", "\n    ")));
        }
        report.phrase().ifPresent(phrase -> lines.add("\nThe phrase that will confirm the drop: %s".formatted(phrase)));
        return lines;
    }

    private static List<String> leakage(PlanReport report) {
        if (report.leakage().isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of("", "What the search tokens give away:"));
        TextTable table = TextTable.of(2, "table", "column", "rows", "distinct", "most frequent", "bits");
        report.leakage()
                .forEach(l -> table.row(
                        l.table(),
                        l.column(),
                        Figures.count(l.rows()),
                        Figures.count(l.distinct()),
                        Figures.count(l.topCount()),
                        l.tokenBits()));
        lines.addAll(table.lines());
        lines.addAll(words(report.leakage()));
        return lines;
    }

    /** What holds for all once, and what is said of one column with its name. */
    private static List<String> words(List<PlanReport.Leakage> leakage) {
        Set<String> shared = new LinkedHashSet<>(leakage.get(0).words());
        leakage.forEach(l -> shared.retainAll(l.words()));
        List<String> lines = new ArrayList<>();
        shared.forEach(words -> lines.add("  - " + words));
        leakage.forEach(l -> l.words().stream()
                .filter(words -> !shared.contains(words))
                .forEach(words -> lines.add("  - %s.%s: %s".formatted(l.table(), l.column(), words))));
        return lines;
    }
}
