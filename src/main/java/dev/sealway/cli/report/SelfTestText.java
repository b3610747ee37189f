package dev.sealway.cli.report;

import dev.sealway.phase.selftest.SelfTestReport;
import java.util.ArrayList;
import java.util.List;

/** What a sealed row showed, for people. */
public final class SelfTestText {

    private SelfTestText() {}

    public static List<String> lines(SelfTestReport report) {
        List<String> lines = new ArrayList<>();
        for (SelfTestReport.Column column : report.columns()) {
            lines.add("%s.%s: a value was sealed into %d bytes, stored, read back and removed"
                    .formatted(column.table(), column.name(), column.bytes()));
            column.findings().forEach(f -> lines.add("  %s %s".formatted(f.held() ? "✓" : "✗", f.what())));
        }
        lines.add(
                report.passed()
                        ? "Everything held; nothing was kept"
                        : "Something did not hold; write no values until it is explained");
        return lines;
    }
}
