package dev.sealway.cli;

import dev.sealway.cli.report.BackfillText;
import dev.sealway.phase.backfill.BackfillReport;
import dev.sealway.workflow.Verb;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "backfill",
        aliases = "migrate-data",
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        description = {
            "Encrypts every row that is not encrypted yet, and catches up with what changed meanwhile.",
            "",
            "May be interrupted at any time and continues when it is run again. Ends with exit code 1 if rows could",
            "not be sealed; they are listed by their row keys."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  sealway backfill", "  sealway backfill --table public.users --batch-size 2000"})
final class BackfillCommand implements Callable<Integer> {
    @Mixin
    private PhaseOptions options;

    @Mixin
    private BatchOptions batch;

    @Override
    public Integer call() {
        return options.run(
                new PhaseOptions.Phase<>(
                        Verb.BACKFILL,
                        sealway -> sealway.backfill(options.selection()),
                        BackfillText::lines,
                        BackfillReport::passed),
                batch.size());
    }
}
