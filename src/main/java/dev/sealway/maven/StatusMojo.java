package dev.sealway.maven;

import dev.sealway.Sealway;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.ConnectionTarget;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.plan.Selection;
import dev.sealway.workflow.StatusReport;
import java.io.File;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** Tells where every column of the plan stands, what comes next, and the phrase that confirms the drop. */
@Mojo(name = "status", requiresProject = false, threadSafe = true)
public final class StatusMojo extends AbstractMojo {
    /** The plan. */
    @Parameter(property = "sealway.plan", defaultValue = "db/sealway.yaml")
    private File plan;

    /** The database; by default {@code SEALWAY_URL}, or {@code PGHOST} and its kin. */
    @Parameter(property = "sealway.url")
    private @Nullable String url;

    /** Counts more than the user in the URL. */
    @Parameter(property = "sealway.user")
    private @Nullable String user;

    /** Used where the URL has none; better given as {@code SEALWAY_PASSWORD} in the environment. */
    @Parameter(property = "sealway.password")
    private @Nullable String password;

    @Override
    public void execute() throws MojoFailureException {
        try {
            tell(Sealway.plan(plan.toPath())
                    .environment(System.getenv())
                    .on(target().dataSource())
                    .status(Selection.ALL));
        } catch (SealwayException e) {
            throw new MojoFailureException(e.getMessage());
        }
    }

    private ConnectionTarget target() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        if (password != null) {
            environment.put("SEALWAY_PASSWORD", password);
        }
        return ConnectionTarget.of(
                new ConnectionTarget.Options(Optional.ofNullable(url), Optional.ofNullable(user), Optional.empty()),
                environment);
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
