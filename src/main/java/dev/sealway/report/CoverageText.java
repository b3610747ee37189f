package dev.sealway.report;

import dev.sealway.coverage.CoverageReport;
import dev.sealway.coverage.CoverageReport.Column;
import dev.sealway.coverage.CoverageReport.Fault;
import dev.sealway.coverage.CoverageReport.Rows;
import dev.sealway.ledger.ColumnPhase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A coverage report as lines for people. */
public final class CoverageText {

    private CoverageText() {}

    public static List<String> lines(CoverageReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("Plan %s, database %s:".formatted(report.plan(), report.database()));
        int name = width(report.columns().stream().map(Column::fullName).toList());
        int phase = width(report.columns().stream().map(CoverageText::phase).toList());
        for (Column column : report.columns()) {
            lines.add("  %s %s  %s  %s"
                    .formatted(
                            column.passed() ? "✓" : "✗",
                            padded(column.fullName(), name),
                            padded(phase(column), phase),
                            column.rows().map(CoverageText::rows).orElse(""))
                    .stripTrailing());
            for (Fault fault : column.faults()) {
                lines.add("      %s".formatted(fault.sentence()));
            }
        }
        report.unplanned().forEach(u -> lines.add("  ✗ Unplanned: %s".formatted(u.sentence())));
        report.unseen().forEach(u -> lines.add("  ! Not seen: %s".formatted(u)));
        report.lingering().forEach(t -> lines.add("  ✗ Plaintext lingers: %s; %s".formatted(t.sentence(), t.mend())));
        lines.add(verdict(report));
        return lines;
    }

    /** In one sentence. */
    public static String verdict(CoverageReport report) {
        long failed = report.columns().stream().filter(c -> !c.passed()).count();
        int columns = report.columns().size();
        if (report.passed()) {
            return report.unseen().isEmpty()
                    ? "Covered: %s".formatted(columns(columns))
                    : "Covered: %s, as far as tables could be looked at".formatted(columns(columns));
        }
        List<String> parts = new ArrayList<>(List.of("%d of %s".formatted(failed, columns(columns))));
        if (!report.unplanned().isEmpty()) {
            parts.add("%s in no plan".formatted(columns(report.unplanned().size())));
        }
        if (!report.lingering().isEmpty()) {
            parts.add("plaintext lingers in %s"
                    .formatted(places(report.lingering().size())));
        }
        return "Not covered: %s".formatted(String.join(", and ", parts));
    }

    static String columns(long count) {
        return count == 1 ? "1 column" : "%d columns".formatted(count);
    }

    private static String places(int count) {
        return count == 1 ? "1 place" : "%d places".formatted(count);
    }

    static String phase(Column column) {
        return column.phase().map(ColumnPhase::word).orElse("not expanded");
    }

    private static String rows(Rows rows) {
        return String.format(
                Locale.ROOT,
                "%,d rows decrypt, %,d null, %,d stale, %,d wrong",
                rows.proven() + rows.onlyEncrypted(),
                rows.nulls(),
                rows.stale(),
                rows.wrong());
    }

    private static int width(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
