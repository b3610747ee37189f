package dev.sealway.maven;

import dev.sealway.Sealway;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.plan.Selection;
import dev.sealway.workflow.StatusReport;
import java.util.Locale;
import org.apache.maven.plugins.annotations.Mojo;

/** Tells where every column of the plan stands, what comes next, and the phrase that confirms the drop. */
@Mojo(name = "status", requiresProject = false, threadSafe = true)
public final class StatusMojo extends DatabaseGoal {
    @Override
    void run(Sealway sealway) {
        tell(sealway.status(Selection.ALL));
    }

    private void tell(StatusReport report) {
        getLog().info("Plan %s".formatted(report.plan()));
        int width =
                report.columns().stream().mapToInt(c -> name(c).length()).max().orElse(0);
        report.columns().forEach(c -> getLog().info(line(c, width)));
        getLog().info("Next: %s".formatted(report.next()));
        report.phrase().ifPresent(phrase -> getLog().info("The phrase that confirms the drop: %s".formatted(phrase)));
    }

    private static String line(StatusReport.Column column, int width) {
        return String.format(
                Locale.ROOT,
                "  %s%s  %-10s  %,d of %,d rows, %,d dirty, %,d failed",
                name(column),
                " ".repeat(width - name(column).length()),
                column.phase().map(ColumnPhase::word).orElse("-"),
                column.rowsDone(),
                column.rowsTotal(),
                column.rowsDirty(),
                column.rowsFailed());
    }

    private static String name(StatusReport.Column column) {
        return column.table() + "." + column.name();
    }
}
