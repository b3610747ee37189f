package dev.sealway.cli;

import dev.sealway.cli.report.PlanText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        description = {
            "Holds the plan against the live database, and measures what its search tokens would give away.",
            "",
            "Changes nothing. A plan with faults is refused with all of them, each with its line."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  sealway plan", "  sealway plan --plan plans/billing.yaml --json"})
final class PlanCommand implements Callable<Integer> {
    @Mixin
    private TargetOptions target;

    @Mixin
    private ReportOptions output;

    @Override
    public Integer call() {
        target.report(output, sealway -> sealway.check(target.selection()), PlanText::lines);
        return 0;
    }
}
