package dev.sealway.cli;

import dev.sealway.cli.console.Console;
import dev.sealway.cli.report.PlanText;
import dev.sealway.workflow.PlanReport;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

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
        footer = {"  sealway plan", "  sealway plan --plan db/environments/production.yaml --json"})
final class PlanCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private TargetOptions target;

    @Mixin
    private ReportOptions output;

    @Override
    public Integer call() {
        Surroundings surroundings = SealwayCommand.surroundings(command);
        Console console = surroundings.console();
        PlanReport report = target.open(surroundings, output.beside(console), OptionalInt.empty())
                .check(target.selection());
        output.print(console, report, PlanText.lines(report));
        return 0;
    }
}
