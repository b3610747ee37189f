package dev.sealway.cli.report;

import java.util.List;

/**
 * What gives small roles what they need.
 *
 * @param grants statements as they can be run
 */
public record GrantsReport(List<String> grants) {
    public GrantsReport {
        grants = List.copyOf(grants);
    }

    /** @param statements without their ends */
    public static GrantsReport of(List<String> statements) {
        return new GrantsReport(statements.stream().map(s -> s + ";").toList());
    }
}
