package dev.sealway.cli.report;

import dev.sealway.cli.console.Figures;
import dev.sealway.phase.restore.RestoreReport;
import java.util.ArrayList;
import java.util.List;

/** What was put back, for people. */
public final class RestoreText {
    private RestoreText() {}

    public static List<String> lines(RestoreReport report, boolean dryRun) {
        List<String> lines = new ArrayList<>();
        lines.add("%s (%s), %s in the backup:"
                .formatted(report.table(), String.join(", ", report.columns()), Figures.count(report.rows(), "row")));
        lines.add("  %s %s, in %s"
                .formatted(
                        Figures.count(report.restored(), "value"),
                        dryRun ? "would be put back" : "put back",
                        Figures.count(report.restoredRows(), "row")));
        lines.add("  %s open and stay as they are".formatted(Figures.count(report.kept(), "value")));
        told(lines, report.emptied(), "that the rows have not any more: deleted, or lost (--fill-emptied)");
        told(lines, report.missing(), "of rows that are there no more");
        if (!report.left().isEmpty()) {
            lines.add("  left alone, because their plaintext is there: %s".formatted(String.join(", ", report.left())));
        }
        if (!report.passed()) {
            lines.add("%s changed meanwhile or were held by others, and were left alone; run it again."
                    .formatted(Figures.count(report.busyRows(), "row")));
        }
        return lines;
    }

    private static void told(List<String> lines, long values, String which) {
        if (values > 0) {
            lines.add("  %s %s".formatted(Figures.count(values, "value"), which));
        }
    }
}
