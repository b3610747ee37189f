package dev.sealway.cli.report;

import dev.sealway.plan.TableName;
import dev.sealway.residue.Trace;
import dev.sealway.residue.Trace.State;
import dev.sealway.workflow.ResidueReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where plaintext lingers, for people: by table, and each place with what mends it. */
public final class ResidueText {
    private ResidueText() {}

    public static List<String> lines(ResidueReport report) {
        List<String> lines = new ArrayList<>(lines(report.traces()));
        lines.add("");
        lines.add("Present %d, unknown %d, external %d, clean %d"
                .formatted(
                        report.count(State.PRESENT),
                        report.count(State.UNKNOWN),
                        report.count(State.EXTERNAL),
                        report.count(State.CLEAN)));
        return lines;
    }

    static List<String> lines(List<Trace> traces) {
        int widest = traces.stream().mapToInt(t -> t.place().length()).max().orElse(0);
        List<String> lines = new ArrayList<>();
        String last = "";
        for (Trace trace : traces) {
            String heading = heading(trace.table());
            if (!heading.equals(last)) {
                lines.add(heading);
                last = heading;
            }
            lines.add("  %s %-8s  %s  %s"
                    .formatted(
                            mark(trace.state()),
                            trace.state().name().toLowerCase(Locale.ROOT),
                            padded(trace.place(), widest),
                            trace.why()));
            if (!trace.mend().isEmpty()) {
                lines.add("%s→ %s".formatted(" ".repeat(widest + 16), trace.mend()));
            }
        }
        return lines;
    }

    private static String heading(Optional<TableName> table) {
        return table.map(t -> "Table %s".formatted(t)).orElse("The database and beyond");
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static String mark(State state) {
        return switch (state) {
            case PRESENT -> "✗";
            case UNKNOWN -> "?";
            case EXTERNAL -> "•";
            case CLEAN -> "✓";
        };
    }
}
