package dev.sealway.cli.report;

import dev.sealway.cli.console.Figures;
import dev.sealway.cli.console.TextTable;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.workflow.StatusReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where every column stands, for people. */
public final class StatusText {
    private StatusText() {}

    public static List<String> lines(StatusReport report) {
        TextTable table = TextTable.of(
                3, "table", "column", "phase", "rows", "done", "dirty", "failed", "percent", "rows/s", "left");
        report.columns()
                .forEach(c -> table.row(
                        c.table(),
                        c.name(),
                        c.phase().map(ColumnPhase::word).orElse("-"),
                        Figures.count(c.rowsTotal()),
                        Figures.count(c.rowsDone()),
                        Figures.count(c.rowsDirty()),
                        Figures.count(c.rowsFailed()),
                        Figures.percent(c.percent()),
                        c.rowsPerSecond()
                                .map(rate -> String.format(Locale.ROOT, "%,.0f", rate))
                                .orElse("-"),
                        c.secondsLeft()
                                .map(Duration::ofSeconds)
                                .map(Figures::time)
                                .orElse("-")));
        List<String> lines = new ArrayList<>(List.of("Plan %s".formatted(report.plan()), ""));
        lines.addAll(table.lines());
        lines.add("");
        lines.addAll(RunsText.underWay(report.runs()));
        report.legacyWriters()
                .forEach(w -> lines.add("%s was written without its encrypted columns: %s as %s, %s times, last at %s"
                        .formatted(
                                w.table(),
                                w.application().isEmpty() ? "a session without a name" : w.application(),
                                w.role(),
                                Figures.count(w.seen()),
                                w.last())));
        lines.add("Next: %s".formatted(report.next()));
        report.phrase().ifPresent(phrase -> lines.add("The phrase that confirms the drop: %s".formatted(phrase)));
        return lines;
    }
}
