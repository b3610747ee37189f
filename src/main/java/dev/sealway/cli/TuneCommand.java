package dev.sealway.cli;

import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "tune",
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        description = {
            "Changes how fast a run goes that is under way in another process, from its next batch on.",
            "",
            "It does not outlive the run: the next one begins with what the plan and its own options say."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sealway tune --batch-size 500",
            "  sealway tune --rows-per-second 2000 --workers 1",
            "  sealway tune --unlimited"
        })
final class TuneCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private RunOptions options;

    @Mixin
    private BatchOptions batch;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "How many write at once, of those that the run began with; 0 for all of them.")
    private @Nullable Integer workers;

    @ArgGroup
    private @Nullable Rate rate;

    /** One or the other. */
    static final class Rate {
        @Option(names = "--rows-per-second", paramLabel = "ROWS", description = "At most so many rows in a second.")
        private int rows;

        @Option(names = "--unlimited", description = "No limit on the rows of a second.")
        private boolean unlimited;
    }

    @Override
    public Integer call() {
        if (rate != null && !rate.unlimited && rate.rows < 1) {
            throw new ParameterException(command.commandLine(), "--rows-per-second wants a whole number, 1 or more");
        }
        if (workers != null && workers < 0) {
            throw new ParameterException(command.commandLine(), "--workers wants a whole number, 0 or more");
        }
        OptionalInt rows = rate == null ? OptionalInt.empty() : OptionalInt.of(rate.unlimited ? 0 : rate.rows);
        return options.run((runs, target) ->
                runs.tune(target, batch.size(), rows, workers == null ? OptionalInt.empty() : OptionalInt.of(workers)));
    }
}
