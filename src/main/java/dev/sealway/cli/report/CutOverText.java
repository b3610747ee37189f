package dev.sealway.cli.report;

import dev.sealway.cli.console.Figures;
import dev.sealway.cli.console.TextTable;
import dev.sealway.phase.cutover.CutOverReport;
import java.util.ArrayList;
import java.util.List;

/** Which columns changed hands, for people. */
public final class CutOverText {
    private CutOverText() {}

    public static List<String> lines(CutOverReport report) {
        if (report.tables().isEmpty()) {
            return List.of("There was nothing to cut over");
        }
        TextTable table = TextTable.of(2, "table", "columns cut over", "sealed late", "locked for (ms)");
        report.tables()
                .forEach(t -> table.row(
                        t.name(),
                        String.join(", ", t.columns()),
                        Figures.count(t.caughtUp()),
                        Figures.count(t.lockedMillis())));
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        lines.add("From here on a write of plaintext alone fails. The way back: sealway rollback");
        report.notices().forEach(notice -> lines.addAll(List.of("", notice)));
        return lines;
    }
}
