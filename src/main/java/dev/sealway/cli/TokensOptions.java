package dev.sealway.cli;

import dev.sealway.cli.console.Console;
import dev.sealway.cli.report.TokensText;
import dev.sealway.plan.Selection;
import dev.sealway.workflow.TokensFlow;
import dev.sealway.workflow.TokensReport;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the commands under {@code keys tokens} have in common. */
final class TokensOptions {
    private static final int FAILED = 1;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Mixin
    private TargetOptions target;

    @Mixin
    private ReportOptions output;

    int run(BiFunction<TokensFlow, Selection, TokensReport> verb, OptionalInt batchSize) {
        Surroundings surroundings = SealwayCommand.surroundings(command);
        Console console = surroundings.console();
        TokensFlow tokens =
                target.open(surroundings, output.beside(console), batchSize).tokens();
        TokensReport report = verb.apply(tokens, target.selection());
        output.print(console, report, TokensText.lines(report));
        return report.passed() ? 0 : FAILED;
    }
}
