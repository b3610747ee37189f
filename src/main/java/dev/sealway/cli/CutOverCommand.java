package dev.sealway.cli;

import dev.sealway.cli.report.CutOverText;
import dev.sealway.plan.SoakTime;
import dev.sealway.workflow.Verb;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "cutover",
        aliases = "cut-over",
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        description = {
            "Makes the encrypted columns authoritative; the plaintext stays for the way back.",
            "",
            "Optional. NOT NULL and UNIQUE move to the encrypted columns, and the plaintext may be null from then on.",
            "Refused with exit code 3 while somebody writes plaintext alone: those writes would fail afterwards."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  sealway cutover --dry-run", "  sealway cutover --soak 7d"})
final class CutOverCommand implements Callable<Integer> {
    @Mixin
    private PhaseOptions options;

    @Mixin
    private BatchOptions batch;

    @Option(
            names = "--soak",
            paramLabel = "TIME",
            defaultValue = "24h",
            description = {
                "For how long nobody may have written plaintext alone: 24h, 30m, 7d, PT24H, or 0 to ask for nothing.",
                "Default: ${DEFAULT-VALUE}."
            })
    private String soak;

    @Override
    public Integer call() {
        Duration calm = SoakTime.parse(soak, "--soak");
        return options.run(
                new PhaseOptions.Phase<>(
                        Verb.CUT_OVER,
                        (sealway, selection) -> sealway.previewCutOver(selection, calm),
                        sealway -> sealway.cutOver(options.selection(), calm),
                        CutOverText::lines,
                        report -> true),
                batch::tune);
    }
}
