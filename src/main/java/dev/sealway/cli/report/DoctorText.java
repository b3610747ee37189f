package dev.sealway.cli.report;

import dev.sealway.doctor.Finding;
import dev.sealway.doctor.Finding.Severity;
import dev.sealway.workflow.DoctorReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a doctor found, for people: what is well in a line, what is not with its reason and its cure. */
public final class DoctorText {
    private static final int WIDTH = 12;

    private DoctorText() {}

    public static List<String> lines(DoctorReport report) {
        List<String> lines = new ArrayList<>();
        String last = "";
        for (Finding finding : report.findings()) {
            String group = finding.group().name().toLowerCase(Locale.ROOT);
            lines.add("%s %s %s"
                    .formatted(padded(group.equals(last) ? "" : group), mark(finding.severity()), finding.what()));
            if (!finding.why().isEmpty()) {
                lines.add("%s   %s".formatted(padded(""), finding.why()));
                lines.add("%s   → %s".formatted(padded(""), finding.mend()));
            }
            last = group;
        }
        lines.add("");
        lines.add("%d refusals, %d warnings, %d notices"
                .formatted(
                        report.count(Severity.REFUSAL), report.count(Severity.WARNING), report.count(Severity.NOTICE)));
        return lines;
    }

    private static String padded(String text) {
        return text + " ".repeat(WIDTH - text.length());
    }

    private static String mark(Severity severity) {
        return switch (severity) {
            case OK -> "✓";
            case NOTICE -> "i";
            case WARNING -> "!";
            case REFUSAL -> "✗";
        };
    }
}
