package dev.sealway.cli;

import dev.sealway.cli.console.Console;
import dev.sealway.cli.report.EstimateText;
import dev.sealway.phase.estimate.EstimateReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "estimate",
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        description = {
            "Measures on a sample what a backfill will cost: time, growth, WAL, and the best batch size.",
            "",
            "Every write of it is rolled back."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  sealway estimate", "  sealway estimate --table public.users --json"})
final class EstimateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private TargetOptions target;

    @Mixin
    private ReportOptions output;

    @Mixin
    private BatchOptions batch;

    @Override
    public Integer call() {
        Surroundings surroundings = SealwayCommand.surroundings(command);
        Console console = surroundings.console();
        EstimateReport report =
                target.open(surroundings, output.beside(console), batch.size()).estimate(target.selection());
        output.print(console, report, EstimateText.lines(report));
        return 0;
    }
}
