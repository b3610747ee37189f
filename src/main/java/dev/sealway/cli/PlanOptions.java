package dev.sealway.cli;

import dev.sealway.Sealway;
import dev.sealway.cli.console.Console;
import dev.sealway.cli.console.ProgressDisplay;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of every command that follows a plan: which one, and on which database. */
class PlanOptions {
    /** In batches of the plan's size, by the usual number of workers, under the usual limits. */
    static final Consumer<Sealway.Builder> AS_PLANNED = builder -> {};

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

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** Opens what the plan is about, works on it, and prints what came of it. */
    <R> R report(ReportOptions output, Function<Sealway, R> work, Function<R, List<String>> lines) {
        return report(output, AS_PLANNED, work, lines);
    }

    /** @param tuning how it goes about it */
    <R> R report(
            ReportOptions output,
            Consumer<Sealway.Builder> tuning,
            Function<Sealway, R> work,
            Function<R, List<String>> lines) {
        return report(SealwayCommand.surroundings(command), output, tuning, work, lines);
    }

    /** As the shorter ones, for options that are a part of others, where no command is known. */
    <R> R report(
            Surroundings surroundings,
            ReportOptions output,
            Consumer<Sealway.Builder> tuning,
            Function<Sealway, R> work,
            Function<R, List<String>> lines) {
        Console console = surroundings.console();
        R report = work.apply(open(surroundings, output.beside(console), tuning));
        output.print(console, report, lines.apply(report));
        return report;
    }

    Optional<Path> anchor(Surroundings surroundings) {
        return Optional.ofNullable(anchor).or(() -> Opening.anchor(surroundings));
    }

    /** @param told where finished steps and progress are shown */
    Sealway open(Surroundings surroundings, Console told) {
        return open(surroundings, told, AS_PLANNED);
    }

    /** @param tuning how it goes about it */
    Sealway open(Surroundings surroundings, Console told, Consumer<Sealway.Builder> tuning) {
        Sealway.Builder builder = Sealway.plan(plan)
                .environment(surroundings.environment())
                .progress(ProgressDisplay.on(told, surroundings.environment(), surroundings.clock()));
        tuning.accept(builder);
        return Opening.open(builder, database, anchor(surroundings), surroundings);
    }
}
