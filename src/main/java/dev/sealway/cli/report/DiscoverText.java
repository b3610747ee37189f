package dev.sealway.cli.report;

import dev.sealway.cli.console.Figures;
import dev.sealway.workflow.DiscoverReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What looks like personal data, for people: table by table. */
public final class DiscoverText {
    private DiscoverText() {}

    /** @param written where the proposed plan is */
    public static List<String> lines(DiscoverReport report, Optional<Path> written) {
        List<String> lines = new ArrayList<>();
        lines.add("Looked at %s of %s: %s look like personal data or secrets."
                .formatted(
                        Figures.count(report.columns(), "column"),
                        Figures.count(report.lookedAt(), "table"),
                        Figures.count(report.tables().stream()
                                .mapToInt(t -> t.columns().size())
                                .sum())));
        report.tables().forEach(t -> lines.addAll(table(t)));
        if (!report.notices().isEmpty()) {
            lines.add("");
            report.notices().forEach(n -> lines.add("  ! " + n));
        }
        lines.add("");
        lines.add(end(report, written));
        return lines.stream().map(DiscoverText::shown).toList();
    }

    /** Names may hold what terminals obey. */
    private static String shown(String line) {
        return line.replaceAll("\\p{Cntrl}", "?");
    }

    private static List<String> table(DiscoverReport.Table table) {
        List<String> lines = new ArrayList<>(
                List.of("", "%s (%s sampled)".formatted(table.name(), Figures.count(table.sampled(), "row"))));
        table.obstacles().forEach(o -> lines.add("  ✗ " + o));
        for (DiscoverReport.Column column : table.columns()) {
            lines.add("  %s %s: %s, %d %%"
                    .formatted(column.proposed() ? "+" : "-", column.name(), column.kind(), column.confidence()));
            lines.add("      " + column.reason());
            column.obstacles().forEach(o -> lines.add("      ✗ " + o));
            column.search().ifPresent(s -> lines.add("      " + search(s)));
            if (!column.impacts().isEmpty()) {
                lines.add("      breaks: "
                        + String.join(
                                ", ",
                                column.impacts().stream()
                                        .map(DiscoverReport.Impact::key)
                                        .toList()));
            }
            column.uses()
                    .forEach(u -> lines.add("      statement %s (%s), %s: %s"
                            .formatted(u.id(), Figures.count(u.calls(), "call"), u.how(), u.text())));
        }
        return lines;
    }

    private static String search(DiscoverReport.Search search) {
        return search.leftOut()
                .map(why -> "no search: " + why)
                .orElseGet(() -> "search by %s%s: %s different values in %s, the most frequent in %s"
                        .formatted(
                                search.normalizer(),
                                search.carriesUnique() ? ", unique" : "",
                                Figures.count(search.distinct()),
                                Figures.count(search.rows(), "row"),
                                Figures.count(search.top())));
    }

    private static String end(DiscoverReport report, Optional<Path> written) {
        if (report.proposed() == 0) {
            return "Nothing is proposed, and no plan was written.";
        }
        String proposed = "%s proposed (+)".formatted(Figures.count(report.proposed(), "column"));
        return written.map(file -> "%s; the plan is in %s. Review it, then run: sealway plan --plan %s"
                        .formatted(proposed, file, file))
                .orElse(proposed + "; --out db/sealway.yaml writes the plan.");
    }
}
