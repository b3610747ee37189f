package dev.sealway.cli;

import dev.sealway.Sealway;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How many workers a run has. */
final class WorkerOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    private @Nullable Integer workers;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = {
                "Ranges of a large table that are walked at once, or small tables of a backfill, on two connections each.",
                "Default: 2."
            })
    void workers(int many) {
        if (many < 1 || many > Sealway.MOST_WORKERS) {
            throw new ParameterException(
                    command.commandLine(),
                    "--workers is %d, but must be 1 to %d".formatted(many, Sealway.MOST_WORKERS));
        }
        workers = many;
    }

    /** @throws ParameterException if their number was given for what one alone does */
    void refuseFor(String option) {
        if (workers != null) {
            throw new ParameterException(
                    command.commandLine(), "%s is done by one worker; leave out --workers".formatted(option));
        }
    }

    void tune(Sealway.Builder builder) {
        if (workers != null) {
            builder.workers(workers);
        }
    }
}
