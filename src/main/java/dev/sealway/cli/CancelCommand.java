package dev.sealway.cli;

import dev.sealway.workflow.RunsFlow;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        description = {
            "Ends a run that is under way in another process, after the batch that is being written.",
            "",
            "What is committed stays; running its command again continues. The run itself ends with exit code 1."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  sealway cancel", "  sealway cancel --run 17"})
final class CancelCommand implements Callable<Integer> {
    @Mixin
    private RunOptions options;

    @Override
    public Integer call() {
        return options.run(RunsFlow::cancel);
    }
}
