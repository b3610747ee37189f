package dev.sealway.cli.report;

import dev.sealway.phase.views.ViewsReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The views that give applications the old shape, for people: views with the same limits share their list. */
public final class ViewsText {
    private ViewsText() {}

    public static List<String> lines(ViewsReport report) {
        Map<List<String>, List<String>> byLimits = new LinkedHashMap<>();
        report.views().forEach(v -> byLimits.computeIfAbsent(v.limits(), limits -> new ArrayList<>())
                .add("%s has the shape of %s".formatted(v.name(), v.table())));
        List<String> lines = new ArrayList<>();
        byLimits.forEach((limits, views) -> {
            lines.addAll(views);
            limits.forEach(limit -> lines.add("  - " + limit));
        });
        return lines;
    }
}
