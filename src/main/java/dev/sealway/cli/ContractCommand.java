package dev.sealway.cli;

import dev.sealway.cli.report.ContractText;
import dev.sealway.workflow.ContractTerms;
import dev.sealway.workflow.Verb;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
            "exactly the columns it was made for. It is refused as well without a rehearsal of the way back since the",
            "last verify, and as long as nobody has said where a copy of the key bundle is kept."
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

    @Option(
            names = "--skip-rehearsal",
            paramLabel = "PHRASE",
            description = "The phrase once more, to drop without a rehearsal of the way back. It is written down.")
    private @Nullable String skipRehearsal;

    @Option(
            names = "--offline-copy",
            paramLabel = "WHERE",
            description = "Where a copy of the key bundle is kept, if 'sealway keys attest' did not say so before.")
    private @Nullable String offlineCopy;

    @Override
    public Integer call() {
        ContractTerms terms =
                new ContractTerms(phrase, Optional.ofNullable(skipRehearsal), Optional.ofNullable(offlineCopy));
        return options.run(
                new PhaseOptions.Phase<>(
                        Verb.CONTRACT,
                        sealway -> sealway.contract(options.selection(), terms),
                        ContractText::lines,
                        report -> true),
                batch::tune);
    }
}
