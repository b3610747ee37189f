package dev.sealway.cli;

import dev.sealway.cli.report.RunsText;
import dev.sealway.workflow.RunTarget;
import dev.sealway.workflow.RunsFlow;
import dev.sealway.workflow.RunsReport;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the commands that speak to a run in another process have in common. */
final class RunOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Mixin
    private PlanOptions plan;

    @Mixin
    private ReportOptions output;

    @Option(
            names = "--run",
            paramLabel = "ID",
            description = "The run's number, as 'sealway status' shows it. Default: the only one that is under way.")
    private @Nullable Long run;

    @Option(names = "--table", paramLabel = "TABLE", description = "The run that works on this table.")
    private @Nullable String table;

    int run(BiFunction<RunsFlow, RunTarget, RunsReport> word) {
        RunTarget target =
                new RunTarget(run == null ? OptionalLong.empty() : OptionalLong.of(run), Optional.ofNullable(table));
        plan.report(
                SealwayCommand.surroundings(command),
                output,
                PlanOptions.AS_PLANNED,
                sealway -> word.apply(sealway.runs(), target),
                RunsText::said);
        return 0;
    }
}
