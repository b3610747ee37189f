package dev.sealway.cli;

import dev.sealway.cli.report.VerifyText;
import dev.sealway.phase.verify.VerifyReport;
import dev.sealway.workflow.Verb;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        description = {
            "Decrypts every row, compares it with its plaintext and stores evidence.",
            "",
            "Ends with exit code 1 if a single row differs."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  sealway verify", "  sealway verify --column public.users.email --json"})
final class VerifyCommand implements Callable<Integer> {
    @Mixin
    private PhaseOptions options;

    @Mixin
    private BatchOptions batch;

    @Override
    public Integer call() {
        return options.run(
                new PhaseOptions.Phase<>(
                        Verb.VERIFY,
                        sealway -> sealway.verify(options.selection()),
                        VerifyText::lines,
                        VerifyReport::passed),
                batch.size());
    }
}
