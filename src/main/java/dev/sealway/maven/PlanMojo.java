package dev.sealway.maven;

import dev.sealway.Sealway;
import dev.sealway.plan.Selection;
import dev.sealway.workflow.PlanReport;
import org.apache.maven.plugins.annotations.Mojo;

/** Holds the plan against the live database; fails the build with every fault and its line. Changes nothing. */
@Mojo(name = "plan", requiresProject = false, threadSafe = true)
public final class PlanMojo extends DatabaseGoal {

    @Override
    void run(Sealway sealway) {
        PlanReport report = sealway.check(Selection.ALL);
        getLog().info("Plan %s fits the database".formatted(report.plan()));
        report.columns().forEach(c -> getLog().info("  %s.%s  %s, %s%s"
                .formatted(
                        c.table(),
                        c.name(),
                        c.type(),
                        c.encoding(),
                        c.search().map(", search "::concat).orElse(""))));
        report.leakage()
                .forEach(l -> l.words().forEach(w -> getLog().info("%s.%s: %s".formatted(l.table(), l.column(), w))));
        report.notices().forEach(n -> n.lines().forEach(getLog()::warn));
        report.phrase()
                .ifPresent(phrase -> getLog().info("The phrase that will confirm the drop: %s".formatted(phrase)));
    }
}
