package dev.sealway.cli;

import dev.sealway.Sealway;
import dev.sealway.cli.console.Console;
import dev.sealway.cli.report.ReencryptText;
import dev.sealway.phase.reencrypt.ReencryptReport;
import dev.sealway.workflow.ReencryptTerms;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "reencrypt",
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        description = {
            "Moves every row to the key that seals now.",
            "",
            "Applications go on reading and writing. May be interrupted at any time and continues when it is run again.",
            "Ends with exit code 1 while a last fresh query finds rows of other keys."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  sealway keys reencrypt", "  sealway keys reencrypt --table public.users --verify"})
final class KeysReencryptCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    @Spec
    private CommandSpec command;

    @Mixin
    private TargetOptions target;

    @Mixin
    private BatchOptions batch;

    @Mixin
    private WorkerOptions workers;

    @Mixin
    private ReportOptions output;

    @Option(names = "--verify", description = "Open each new ciphertext again, and compare, before it is written.")
    private boolean verify;

    @Option(
            names = "--index-above",
            paramLabel = "ROWS",
            defaultValue = "50000000",
            description =
                    "Larger tables get an index on what is left to do, for the duration. Default: ${DEFAULT-VALUE}.")
    private long indexAbove;

    @Option(names = "--dry-run", description = "Only say what would be done.")
    private boolean dryRun;

    @Override
    public Integer call() {
        Surroundings surroundings = SealwayCommand.surroundings(command);
        Console console = surroundings.console();
        Sealway sealway = target.open(surroundings, output.beside(console), this::tune);
        if (dryRun) {
            List<String> steps = sealway.keys().previewReencrypt(target.selection());
            output.print(console, steps, steps);
            return 0;
        }
        ReencryptReport report = sealway.keys().reencrypt(target.selection(), new ReencryptTerms(verify, indexAbove));
        output.print(console, report, ReencryptText.lines(report));
        return report.passed() ? 0 : FAILED;
    }

    private void tune(Sealway.Builder builder) {
        batch.tune(builder);
        workers.tune(builder);
    }
}
