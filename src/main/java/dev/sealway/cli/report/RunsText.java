package dev.sealway.cli.report;

import dev.sealway.workflow.RunsReport;
import dev.sealway.workflow.RunsReport.Run;
import java.util.ArrayList;
import java.util.List;

/** Runs that are under way, for people. */
public final class RunsText {
    private RunsText() {}

    /** What was said to them. */
    public static List<String> said(RunsReport report) {
        return report.runs().stream()
                .map(r -> "Told run %d to be %s: %s".formatted(r.id(), report.done(), words(r)))
                .toList();
    }

    /** What they are doing; nothing if there is none. */
    public static List<String> underWay(List<Run> runs) {
        List<String> lines = new ArrayList<>();
        for (Run run : runs) {
            lines.add("Run %d is under way: %s".formatted(run.id(), words(run)));
            if (!run.state().isEmpty()) {
                lines.add("  %s".formatted(run.state()));
            }
        }
        return lines;
    }

    private static String words(Run run) {
        return "%s of %s, by %s, since %s"
                .formatted(run.verb(), String.join(", ", run.tables()), run.holder(), run.since());
    }
}
