package dev.sealway.cli.report;

import dev.sealway.cli.console.Figures;
import dev.sealway.cli.console.TextTable;
import dev.sealway.phase.evidence.EvidenceReport;
import java.util.ArrayList;
import java.util.List;

/** How the ciphertexts compare with their evidence, for people. */
public final class EvidenceText {
    private EvidenceText() {}

    public static List<String> lines(EvidenceReport report) {
        TextTable table =
                TextTable.of(3, "", "table", "column", "of run", "equal", "differ", "new rows", "do not open");
        report.tables().forEach(t -> t.columns()
                .forEach(c -> table.row(
                        c.failed() > 0 ? "✗" : c.isUnchanged() ? "✓" : "!",
                        t.name(),
                        c.name(),
                        c.run(),
                        c.equal(),
                        c.differing().size(),
                        Figures.count(c.outside()),
                        Figures.count(c.failed()))));
        List<String> lines = new ArrayList<>(table.lines());
        report.tables().forEach(t -> t.columns().forEach(c -> c.differing()
                .forEach(d -> lines.add("  %s.%s, chunk %d: %s".formatted(t.name(), c.name(), d.number(), words(d))))));
        lines.add("");
        lines.add(summary(report));
        return lines;
    }

    private static String words(EvidenceReport.Chunk chunk) {
        String rows =
                "%s then, %s now".formatted(Figures.count(chunk.rowsThen(), "row"), Figures.count(chunk.rowsNow()));
        String nulls = chunk.nullsThen() == chunk.nullsNow()
                ? ""
                : "; %s null then, %s now".formatted(Figures.count(chunk.nullsThen()), Figures.count(chunk.nullsNow()));
        String failed = chunk.failed() == 0 ? "" : "; %s do not decrypt".formatted(Figures.count(chunk.failed()));
        return rows + nulls + failed;
    }

    private static String summary(EvidenceReport report) {
        if (!report.passed()) {
            return "Some values do not decrypt: they were altered, or moved here from another column or row, or their key is not there.";
        }
        return report.isUnchanged()
                ? "Every row that was verified is there as it was."
                : "Where a chunk differs, rows were changed, removed or put in since: by applications, or by somebody else.";
    }
}
