package dev.sealway.cli;

import dev.sealway.Sealway;
import dev.sealway.cli.console.Console;
import dev.sealway.cli.console.ProgressDisplay;
import dev.sealway.plan.Selection;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that works on a database: which plan, which database, which part. */
final class TargetOptions {
    @Option(
            names = "--plan",
            paramLabel = "FILE",
            defaultValue = "db/sealway.yaml",
            description = "The plan. Default: ${DEFAULT-VALUE}.")
    private Path plan;

    @Mixin
    private DatabaseOptions database;

    @Option(
            names = "--table",
            paramLabel = "TABLE",
            description = "Only this table; may be repeated. With or without its schema.")
    private Set<String> tables = new LinkedHashSet<>();

    @Option(
            names = "--column",
            paramLabel = "COLUMN",
            description = "Only this column; may be repeated. With or without its table and schema.")
    private Set<String> columns = new LinkedHashSet<>();

    @Option(names = "--change", paramLabel = "N", description = "Only what change N of the plan brings in.")
    private @Nullable Integer change;

    Selection selection() {
        return new Selection(tables, columns, change == null ? OptionalInt.empty() : OptionalInt.of(change));
    }

    /** @param told where finished steps and progress are shown */
    Sealway open(Surroundings surroundings, Console told, OptionalInt batchSize) {
        Sealway.Builder builder = Sealway.plan(plan)
                .environment(surroundings.environment())
                .progress(ProgressDisplay.on(told, surroundings.environment(), surroundings.clock()));
        batchSize.ifPresent(builder::batchSize);
        return builder.on(database.target(surroundings).dataSource());
    }
}
