package dev.sealway.cli;

import dev.sealway.cli.report.ExpandText;
import dev.sealway.workflow.Verb;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "expand",
        aliases = "add-columns",
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        description = {
            "Adds the encrypted columns, their shape checks and the guard.",
            "",
            "Changes definitions only, under short locks; reads and writes of applications go on.",
            "Done again, it adds only what is missing."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sealway expand --dry-run",
            "  sealway expand --table public.users --url postgresql://app@localhost/shop"
        })
final class ExpandCommand implements Callable<Integer> {
    @Mixin
    private PhaseOptions options;

    @Override
    public Integer call() {
        return options.run(new PhaseOptions.Phase<>(
                Verb.EXPAND, sealway -> sealway.expand(options.selection()), ExpandText::lines, report -> true));
    }
}
