package dev.sealway.cli.report;

import dev.sealway.batch.FailedRow;
import dev.sealway.cli.console.Figures;
import dev.sealway.cli.console.TextTable;
import dev.sealway.phase.backfill.BackfillReport;
import java.util.ArrayList;
import java.util.List;

/** What a backfill did and what is left, for people. */
public final class BackfillText {
    private static final int SHOWN_FAILURES = 20;

    private BackfillText() {}

    public static List<String> lines(BackfillReport report) {
        TextTable table = TextTable.of(1, "table", "walked", "sealed", "caught up", "dirty", "failed");
        report.tables()
                .forEach(t -> table.row(
                        t.name(),
                        Figures.count(t.walked()),
                        Figures.count(t.written()),
                        Figures.count(t.caughtUp()),
                        Figures.count(t.dirty()),
                        Figures.count(t.failures().size())));
        List<String> lines = new ArrayList<>(table.lines());
        report.tables().stream().filter(t -> !t.failures().isEmpty()).forEach(t -> lines.addAll(failures(t)));
        return lines;
    }

    private static List<String> failures(BackfillReport.Table table) {
        List<String> lines =
                new ArrayList<>(List.of("", "Rows of %s that could not be sealed:".formatted(table.name())));
        table.failures().stream().limit(SHOWN_FAILURES).map(FailedRow::words).forEach(words -> lines.add("  " + words));
        if (table.failures().size() > SHOWN_FAILURES) {
            lines.add("  and %s more".formatted(Figures.count(table.failures().size() - SHOWN_FAILURES)));
        }
        lines.add("Correct them and run 'sealway backfill' again.");
        return lines;
    }
}
