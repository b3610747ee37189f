package dev.sealway.cli.report;

import dev.sealway.cli.console.Figures;
import dev.sealway.cli.console.TextTable;
import dev.sealway.phase.rehearse.RehearsalReport;
import java.util.ArrayList;
import java.util.List;

/** How the way back went, for people. */
public final class RehearsalText {
    private RehearsalText() {}

    public static List<String> lines(RehearsalReport report) {
        TextTable table = TextTable.of(2, "table", "columns", "rows", "compared", "skipped", "definitions", "wrong");
        report.tables()
                .forEach(t -> table.row(
                        t.name(),
                        String.join(", ", t.columns()),
                        Figures.count(t.rows()),
                        Figures.count(t.compared()),
                        Figures.count(t.skipped()),
                        Figures.count(t.definitions()),
                        Figures.count(t.problems().size())));
        List<String> lines = new ArrayList<>(table.lines());
        report.tables().forEach(t -> {
            t.problems().forEach(p -> lines.add("%s: %s".formatted(t.name(), p)));
            t.untried().forEach(u -> lines.add("%s: a copy cannot try %s".formatted(t.name(), u)));
        });
        lines.add("");
        lines.add(
                report.passed()
                        ? "The way back holds. The copies were rolled back; nothing was changed."
                        : "The way back does not hold, so nothing may be dropped. The copies were rolled back.");
        return lines;
    }
}
