package dev.sealway.cli;

import dev.sealway.Sealway;
import dev.sealway.cli.report.TokensText;
import dev.sealway.plan.Selection;
import dev.sealway.workflow.TokensFlow;
import dev.sealway.workflow.TokensReport;
import java.util.function.BiFunction;
import java.util.function.Consumer;
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

    int run(BiFunction<TokensFlow, Selection, TokensReport> verb) {
        return run(verb, PlanOptions.AS_PLANNED);
    }

    /** @param tuning how it goes about it */
    int run(BiFunction<TokensFlow, Selection, TokensReport> verb, Consumer<Sealway.Builder> tuning) {
        TokensReport report = target.report(
                SealwayCommand.surroundings(command),
                output,
                tuning,
                sealway -> verb.apply(sealway.tokens(), target.selection()),
                (TokensReport told) -> TokensText.lines(told));
        return report.passed() ? 0 : FAILED;
    }
}
