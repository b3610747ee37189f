package dev.sealway.cli;

import dev.sealway.cli.report.ViewsText;
import dev.sealway.workflow.Verb;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "views",
        aliases = "create-views",
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        description = {"Creates the views that give applications the old shape of a table over its encrypted columns."},
        footerHeading = "%nExamples:%n",
        footer = {"  sealway views", "  sealway views --dry-run"})
final class ViewsCommand implements Callable<Integer> {
    @Mixin
    private PhaseOptions options;

    @Override
    public Integer call() {
        return options.run(new PhaseOptions.Phase<>(
                Verb.VIEWS, sealway -> sealway.views(options.selection()), ViewsText::lines, report -> true));
    }
}
