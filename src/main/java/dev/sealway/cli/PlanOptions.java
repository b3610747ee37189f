package dev.sealway.cli;

import dev.sealway.Sealway;
import dev.sealway.cli.console.Console;
import dev.sealway.cli.console.ProgressDisplay;
import java.nio.file.Path;
import java.util.OptionalInt;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that follows a plan: which one, and on which database. */
class PlanOptions {
    @Option(
            names = "--plan",
            paramLabel = "FILE",
            defaultValue = "db/sealway.yaml",
            description = "The plan. Default: ${DEFAULT-VALUE}.")
    private Path plan;

    @Mixin
    private DatabaseOptions database;

    /** @param told where finished steps and progress are shown */
    Sealway open(Surroundings surroundings, Console told, OptionalInt batchSize) {
        Sealway.Builder builder = Sealway.plan(plan)
                .environment(surroundings.environment())
                .progress(ProgressDisplay.on(told, surroundings.environment(), surroundings.clock()));
        batchSize.ifPresent(builder::batchSize);
        return builder.on(database.target(surroundings).dataSource());
    }
}
