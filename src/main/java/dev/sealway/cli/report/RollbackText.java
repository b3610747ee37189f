package dev.sealway.cli.report;

import dev.sealway.phase.rollback.RollbackReport;
import java.util.List;
import java.util.stream.Stream;

/** What was removed again, for people. */
public final class RollbackText {
    private RollbackText() {}

    public static List<String> lines(RollbackReport report) {
        return report.tables().stream()
                .flatMap(t -> Stream.concat(
                        Stream.of(
                                t.columns().isEmpty()
                                        ? "%s: there was nothing to remove".formatted(t.name())
                                        : "%s: %s as before expand"
                                                .formatted(t.name(), String.join(", ", t.columns()))),
                        t.notices().stream().map(notice -> "  - " + notice)))
                .toList();
    }
}
