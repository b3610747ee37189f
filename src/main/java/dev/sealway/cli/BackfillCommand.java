package dev.sealway.cli;

import dev.sealway.Sealway;
import dev.sealway.cli.report.BackfillText;
import dev.sealway.phase.backfill.BackfillReport;
import dev.sealway.workflow.Verb;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "backfill",
        aliases = "migrate-data",
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        description = {
            "Encrypts every row that is not encrypted yet, and catches up with what changed meanwhile.",
            "",
            "May be interrupted at any time and continues when it is run again. Ends with exit code 1 if rows could",
            "not be sealed; they are listed by their row keys. Before a table is encrypted in place for the first",
            "time, 'sealway backup' must have exported its columns."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  sealway backfill", "  sealway backfill --table public.users --batch-size 2000 --workers 4"})
final class BackfillCommand implements Callable<Integer> {
    @Mixin
    private PhaseOptions options;

    @Mixin
    private BatchOptions batch;

    @Mixin
    private WorkerOptions workers;

    @Mixin
    private ThrottleOptions throttle;

    @Option(
            names = "--without-backup",
            paramLabel = "REASON",
            description = {
                "Encrypt in place although there is no backup of the columns, and write down why.",
                "Default: a table in place is refused before its first backfill."
            })
    private @Nullable String withoutBackup;

    @Override
    public Integer call() {
        return options.run(
                new PhaseOptions.Phase<>(Verb.BACKFILL, this::backfill, BackfillText::lines, BackfillReport::passed),
                this::tune);
    }

    private void tune(Sealway.Builder builder) {
        batch.tune(builder);
        workers.tune(builder);
        throttle.tune(builder);
    }

    private BackfillReport backfill(Sealway sealway) {
        return withoutBackup == null
                ? sealway.backfill(options.selection())
                : sealway.backfillWithoutBackup(options.selection(), withoutBackup);
    }
}
