package dev.sealway.cli.report;

import dev.sealway.cli.console.Figures;
import dev.sealway.phase.expand.ExpandReport;
import java.util.List;

/** What expand added, for people; each step was told when it was done. */
public final class ExpandText {
    private ExpandText() {}

    public static List<String> lines(ExpandReport report) {
        long columns = report.tables().stream().mapToLong(t -> t.added().size()).sum();
        return List.of(
                columns == 0
                        ? "Every encrypted column was there already; nothing was changed."
                        : "Added %s in %s."
                                .formatted(
                                        Figures.count(columns, "encrypted column"),
                                        Figures.count(
                                                report.tables().stream()
                                                        .filter(t -> !t.added().isEmpty())
                                                        .count(),
                                                "table")));
    }
}
