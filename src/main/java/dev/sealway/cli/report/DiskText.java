package dev.sealway.cli.report;

import dev.sealway.cli.console.Figures;
import dev.sealway.cli.console.TextTable;
import dev.sealway.workflow.DiskReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was found in a data directory, for people: numbers, never the texts. */
public final class DiskText {
    private DiskText() {}

    public static List<String> lines(DiskReport report) {
        List<String> lines = new ArrayList<>();
        if (report.isClean()) {
            lines.add("None of %s stands in a file of %s."
                    .formatted(Figures.count(report.searched(), "text"), report.directory()));
        } else {
            TextTable table = TextTable.of(1, "files", "number", "occurrences", "texts");
            report.findings()
                    .forEach(f -> table.row(
                            f.kind().name().toLowerCase(Locale.ROOT),
                            Figures.count(f.files()),
                            Figures.count(f.occurrences()),
                            "%d of %d".formatted(f.canaries(), report.searched())));
            lines.addAll(table.lines());
        }
        lines.add("");
        lines.add("Compressed values (pglz, lz4, wal_compression) are not recognised, nor what is not written out yet:"
                + " run CHECKPOINT first.");
        return lines;
    }
}
