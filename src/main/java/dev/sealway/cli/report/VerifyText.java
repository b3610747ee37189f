package dev.sealway.cli.report;

import dev.sealway.cli.console.Figures;
import dev.sealway.cli.console.TextTable;
import dev.sealway.phase.verify.VerifyReport;
import java.util.ArrayList;
import java.util.List;

/** What verify found, for people. */
public final class VerifyText {
    private static final int DIGITS_OF_EVIDENCE = 16;

    private VerifyText() {}

    public static List<String> lines(VerifyReport report) {
        TextTable table = TextTable.of(4, "", "table", "column", "evidence", "decrypted", "null", "dirty", "wrong");
        report.tables().forEach(t -> t.columns()
                .forEach(c -> table.row(
                        c.passed() ? "✓" : "✗",
                        t.name(),
                        c.name(),
                        c.evidence()
                                .map(e -> e.substring(0, Math.min(DIGITS_OF_EVIDENCE, e.length())))
                                .orElse("none"),
                        Figures.count(c.proven()),
                        Figures.count(c.nulls()),
                        Figures.count(c.dirty()),
                        Figures.count(c.mismatched()))));
        List<String> lines = new ArrayList<>(table.lines());
        lines.addAll(examples(report));
        lines.addAll(withoutEvidence(report));
        lines.addAll(inClear(report));
        lines.addAll(onlyEncrypted(report));
        lines.addAll(totals(report));
        return lines;
    }

    private static List<String> examples(VerifyReport report) {
        return report.tables().stream()
                .flatMap(t -> t.columns().stream()
                        .flatMap(c -> c.examples().stream())
                        .map(e -> "  %s: %s".formatted(t.name(), e)))
                .toList();
    }

    private static List<String> withoutEvidence(VerifyReport report) {
        boolean none = report.tables().stream()
                .flatMap(t -> t.columns().stream())
                .anyMatch(c -> c.evidence().isEmpty());
        return none
                ? List.of(
                        "No evidence is kept: the plan names no key bundle, and a sum without a key could be guessed from")
                : List.of();
    }

    private static List<String> inClear(VerifyReport report) {
        return report.tables().stream()
                .flatMap(t -> t.columns().stream()
                        .filter(c -> c.outside() > 0)
                        .map(c -> "  %s.%s: %s rows are in clear, because the plan's 'where' leaves them out"
                                .formatted(t.name(), c.name(), Figures.count(c.outside()))))
                .toList();
    }

    private static List<String> onlyEncrypted(VerifyReport report) {
        return report.tables().stream()
                .flatMap(t -> t.columns().stream()
                        .filter(c -> c.onlyEncrypted() > 0)
                        .map(c -> "  %s.%s: %s rows more have no plaintext to be compared with, and decrypt"
                                .formatted(t.name(), c.name(), Figures.count(c.onlyEncrypted()))))
                .toList();
    }

    private static List<String> totals(VerifyReport report) {
        long columns =
                report.tables().stream().mapToLong(t -> t.columns().size()).sum();
        long passed = report.tables().stream()
                .flatMap(t -> t.columns().stream())
                .filter(VerifyReport.Column::passed)
                .count();
        return List.of(
                "",
                "Total tables: %d".formatted(report.tables().size()),
                "Total columns: %d".formatted(columns),
                "Successful: %d".formatted(passed),
                "Failed: %d".formatted(columns - passed));
    }
}
