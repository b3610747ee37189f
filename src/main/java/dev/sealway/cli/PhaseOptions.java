package dev.sealway.cli;

import dev.sealway.Sealway;
import dev.sealway.cli.console.Console;
import dev.sealway.plan.Selection;
import dev.sealway.workflow.Verb;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the commands that carry out a phase have in common. */
final class PhaseOptions {
    private static final int FAILED = 1;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Mixin
    private TargetOptions target;

    @Mixin
    private ReportOptions output;

    @Option(names = "--dry-run", description = "Only print what would be done.")
    private boolean dryRun;

    /**
     * One phase as a command.
     *
     * @param preview what it would do
     * @param run calls the facade
     * @param lines the report for people
     * @param passed whether the exit code is 0; otherwise it is 1
     */
    record Phase<R>(
            Verb verb,
            BiFunction<Sealway, Selection, List<String>> preview,
            Function<Sealway, R> run,
            Function<R, List<String>> lines,
            Predicate<R> passed) {

        Phase(Verb verb, Function<Sealway, R> run, Function<R, List<String>> lines, Predicate<R> passed) {
            this(verb, (sealway, selection) -> sealway.preview(verb, selection), run, lines, passed);
        }
    }

    Selection selection() {
        return target.selection();
    }

    boolean isDryRun() {
        return dryRun;
    }

    <R> int run(Phase<R> phase) {
        return run(phase, PlanOptions.AS_PLANNED);
    }

    /** @param tuning how it goes about it */
    <R> int run(Phase<R> phase, Consumer<Sealway.Builder> tuning) {
        Surroundings surroundings = SealwayCommand.surroundings(command);
        Console console = surroundings.console();
        Sealway sealway = target.open(surroundings, output.beside(console), tuning);
        if (dryRun) {
            output.preview(console, phase.verb().word(), phase.preview().apply(sealway, selection()));
            return 0;
        }
        R report = phase.run().apply(sealway);
        output.print(console, report, phase.lines().apply(report));
        return phase.passed().test(report) ? 0 : FAILED;
    }
}
