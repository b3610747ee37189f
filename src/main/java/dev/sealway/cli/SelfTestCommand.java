package dev.sealway.cli;

import dev.sealway.cli.report.SelfTestText;
import dev.sealway.phase.selftest.SelfTestReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "selftest",
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        description = {
            "Seals a test value for every column, stores it, looks at what is stored, finds it, opens it and removes it.",
            "",
            "Works on a copy of the columns that Sealway writes, in a transaction that is rolled back: no trigger of",
            "yours fires, no sequence moves, and the table is not touched. Ends with exit code 1 if anything did not hold."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  sealway selftest", "  sealway selftest --column public.users.email --json"})
final class SelfTestCommand implements Callable<Integer> {
    @Mixin
    private TargetOptions target;

    @Mixin
    private ReportOptions output;

    @Override
    public Integer call() {
        SelfTestReport report =
                target.report(output, sealway -> sealway.selfTest(target.selection()), SelfTestText::lines);
        return report.passed() ? 0 : 1;
    }
}
