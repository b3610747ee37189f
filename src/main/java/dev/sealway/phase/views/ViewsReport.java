package dev.sealway.phase.views;

import dev.sealway.plan.TableName;
import java.util.List;

/** The views that give applications the old shape. */
public record ViewsReport(List<View> views) {

    public ViewsReport {
        views = List.copyOf(views);
    }

    /**
     * @param table whose shape it gives
     * @param name {@code schema.view}
     * @param limits what it cannot do, one sentence each
     */
    public record View(TableName table, String name, List<String> limits) {}
}
