package dev.sealway.cli.report;

import dev.sealway.cli.console.Figures;
import dev.sealway.cli.console.TextTable;
import dev.sealway.phase.purge.PurgeReport;
import dev.sealway.phase.purge.PurgeStep;
import dev.sealway.phase.purge.PurgeStep.Outcome;
import dev.sealway.residue.Trace.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was rewritten and what is residual, for people. */
public final class PurgeText {
    private PurgeText() {}

    public static List<String> lines(PurgeReport report) {
        TextTable table = TextTable.of(3, "", "what", "outcome", "before", "after", "time");
        report.steps()
                .forEach(s -> table.row(
                        mark(s.outcome()), s.what(), word(s), size(s.bytesBefore()), size(s.bytesAfter()), time(s)));
        List<String> lines = new ArrayList<>(table.lines());
        report.steps().stream()
                .filter(s -> !s.detail().isEmpty())
                .forEach(s -> lines.add("  %s: %s".formatted(s.what(), s.detail())));
        lines.add("");
        lines.addAll(ResidueText.lines(report.traces()));
        lines.add("");
        lines.add(conclusion(report));
        return lines;
    }

    private static String conclusion(PurgeReport report) {
        long present =
                report.traces().stream().filter(t -> t.state() == State.PRESENT).count();
        long other = report.traces().stream()
                .filter(t -> t.state() == State.UNKNOWN || t.state() == State.EXTERNAL)
                .count();
        return "Residual: %s where plaintext is, %d more to be seen to outside of this database."
                .formatted(Figures.count(present, "place"), other);
    }

    private static String mark(Outcome outcome) {
        return switch (outcome) {
            case REWRITTEN, ALREADY -> "✓";
            case RESIDUAL -> "!";
            case FAILED -> "✗";
        };
    }

    private static String word(PurgeStep step) {
        return step.outcome() == Outcome.ALREADY
                ? "rewritten before"
                : step.outcome().name().toLowerCase(Locale.ROOT);
    }

    private static String size(long bytes) {
        return bytes == 0 ? "" : Figures.bytes(bytes);
    }

    private static String time(PurgeStep step) {
        return step.took().isZero() ? "" : Figures.time(step.took());
    }
}
