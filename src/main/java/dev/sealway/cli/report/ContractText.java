package dev.sealway.cli.report;

import dev.sealway.cli.console.Figures;
import dev.sealway.cli.console.TextTable;
import dev.sealway.phase.contract.ContractReport;
import java.util.ArrayList;
import java.util.List;

/** What was dropped and what plaintext lingers, for people. */
public final class ContractText {
    private ContractText() {}

    public static List<String> lines(ContractReport report) {
        TextTable table =
                TextTable.of(1, "table", "columns dropped", "sealed late", "checked again", "locked for (ms)");
        report.tables()
                .forEach(t -> table.row(
                        t.name(),
                        Figures.count(t.dropped().size()),
                        Figures.count(t.leftovers()),
                        Figures.count(t.rechecked()),
                        Figures.count(t.lockedMillis())));
        List<String> lines = new ArrayList<>(table.lines());
        if (!report.residue().isEmpty()) {
            lines.add("");
            lines.add("Dropping is not erasing. Plaintext may linger here:");
            report.residue().forEach(place -> lines.add("  - " + place));
        }
        report.notices().forEach(notice -> lines.addAll(List.of("", notice)));
        return lines;
    }
}
