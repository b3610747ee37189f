package dev.sealway.cli.report;

import dev.sealway.batch.FailedRow;
import dev.sealway.cli.console.Figures;
import dev.sealway.cli.console.TextTable;
import dev.sealway.phase.reencrypt.ReencryptReport;
import java.util.ArrayList;
import java.util.List;

/** What a re-encryption did and what is left, for people. */
public final class ReencryptText {
    private static final int SHOWN_FAILURES = 20;

    private ReencryptText() {}

    public static List<String> lines(ReencryptReport report) {
        TextTable table = TextTable.of(2, "table", "columns", "re-encrypted", "of older keys", "failed");
        report.tables()
                .forEach(t -> table.row(
                        t.name(),
                        String.join(", ", t.columns()),
                        Figures.count(t.rewritten()),
                        Figures.count(t.older()),
                        Figures.count(t.failures().size())));
        List<String> lines = new ArrayList<>(table.lines());
        report.tables().stream().filter(t -> !t.failures().isEmpty()).forEach(t -> lines.addAll(failures(t)));
        if (!report.passed()) {
            lines.add("");
            lines.add("Rows of older keys are left. See that every application has the new bundle, and run it again.");
        }
        return lines;
    }

    private static List<String> failures(ReencryptReport.Table table) {
        List<String> lines =
                new ArrayList<>(List.of("", "Rows of %s that could not be re-encrypted:".formatted(table.name())));
        table.failures().stream().limit(SHOWN_FAILURES).map(FailedRow::words).forEach(words -> lines.add("  " + words));
        if (table.failures().size() > SHOWN_FAILURES) {
            lines.add("  and %s more".formatted(Figures.count(table.failures().size() - SHOWN_FAILURES)));
        }
        return lines;
    }
}
