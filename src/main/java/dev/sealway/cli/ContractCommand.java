package dev.sealway.cli;

import dev.sealway.cli.report.ContractText;
import dev.sealway.workflow.Verb;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "contract",
        aliases = "drop-unencrypted",
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        description = {
            "Drops the plaintext, after every check has passed again behind a lock.",
            "",
            "Without the right phrase it is refused with exit code 3, and the phrase is named. A phrase is good for",
            "exactly the columns it was made for."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  sealway contract --dry-run", "  sealway contract --confirm \"drop shop 3 columns 1f2e3d4c\""})
final class ContractCommand implements Callable<Integer> {
    @Mixin
    private PhaseOptions options;

    @Mixin
    private BatchOptions batch;

    @Option(
            names = "--confirm",
            paramLabel = "PHRASE",
            defaultValue = "",
            showDefaultValue = CommandLine.Help.Visibility.NEVER,
            description = "The phrase that 'sealway status' prints.")
    private String phrase;

    @Override
    public Integer call() {
        return options.run(
                new PhaseOptions.Phase<>(
                        Verb.CONTRACT,
                        sealway -> sealway.contract(options.selection(), phrase),
                        ContractText::lines,
                        report -> true),
                batch.size());
    }
}
