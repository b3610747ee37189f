package dev.sealway.cli;

import dev.sealway.cli.report.EstimateText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
    @Mixin
    private TargetOptions target;

    @Mixin
    private ReportOptions output;

    @Mixin
    private BatchOptions batch;

    @Override
    public Integer call() {
        target.report(output, batch::tune, sealway -> sealway.estimate(target.selection()), EstimateText::lines);
        return 0;
    }
}
