package dev.sealway.cli;

import dev.sealway.workflow.RunsFlow;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        description = {
            "Pauses a run that is under way in another process, between two batches.",
            "",
            "It keeps its tables and what it has done; 'sealway resume' lets it go on."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  sealway pause", "  sealway pause --table public.users"})
final class PauseCommand implements Callable<Integer> {
    @Mixin
    private RunOptions options;

    @Override
    public Integer call() {
        return options.run(RunsFlow::pause);
    }
}
