package dev.sealway.cli;

import dev.sealway.Sealway;
import dev.sealway.cli.console.Console;
import dev.sealway.cli.console.ProgressDisplay;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
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

    @Option(
            names = "--anchor",
            paramLabel = "FILE",
            description = {
                "Keeps heads of the audit trail: a command that writes adds its own at the end, and 'audit verify'",
                "compares all of them. Better not on the database's machine. Default: SEALWAY_ANCHOR."
            })
    private @Nullable Path anchor;

    @Mixin
    private DatabaseOptions database;

    Optional<Path> anchor(Surroundings surroundings) {
        return Optional.ofNullable(anchor)
                .or(() -> Optional.ofNullable(surroundings.environment().get("SEALWAY_ANCHOR"))
                        .filter(file -> !file.isBlank())
                        .map(Path::of));
    }

    /** @param told where finished steps and progress are shown */
    Sealway open(Surroundings surroundings, Console told, OptionalInt batchSize) {
        Sealway.Builder builder = Sealway.plan(plan)
                .environment(surroundings.environment())
                .progress(ProgressDisplay.on(told, surroundings.environment(), surroundings.clock()));
        batchSize.ifPresent(builder::batchSize);
        Sealway sealway = builder.on(database.target(surroundings).dataSource());
        surroundings.console().tellsOf(new KeptHead(sealway, anchor(surroundings)));
        return sealway;
    }
}
