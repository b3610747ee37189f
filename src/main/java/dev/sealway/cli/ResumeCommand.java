package dev.sealway.cli;

import dev.sealway.workflow.RunsFlow;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        description = {"Lets a run go on that was paused."},
        footerHeading = "%nExamples:%n",
        footer = {"  sealway resume", "  sealway resume --run 17"})
final class ResumeCommand implements Callable<Integer> {
    @Mixin
    private RunOptions options;

    @Override
    public Integer call() {
        return options.run(RunsFlow::resume);
    }
}
