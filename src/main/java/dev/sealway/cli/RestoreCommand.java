package dev.sealway.cli;

import dev.sealway.cli.report.RestoreText;
import dev.sealway.phase.restore.RestoreReport;
import dev.sealway.workflow.RestoreTerms;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        parameterListHeading = "%nParameter:%n",
        optionListHeading = "%nOptions:%n",
        description = {
            "Puts back from a backup the values whose ciphertexts do not open any more.",
            "",
            "The whole file is read first; one that is cut, altered, sealed under other keys, or of another plan or database",
            "restores nothing (exit code 3). A ciphertext that opens is never overwritten: an application may have written it",
            "since. What has to be written is written at the end, in one transaction."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sealway restore backups/shop-public.customers-20260131T235959Z-1a2b3c4d.backup --dry-run",
            "  sealway restore backups/shop-public.customers-20260131T235959Z-1a2b3c4d.backup"
        })
final class RestoreCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    @Parameters(paramLabel = "FILE", description = "The backup; its manifest is looked for beside it.")
    private Path file;

    @Mixin
    private PlanOptions plan;

    @Mixin
    private ReportOptions output;

    @Option(
            names = "--fill-emptied",
            description =
                    "Put back as well what rows have no value for any more: nobody can tell whether it was lost or"
                            + " deleted.")
    private boolean fillEmptied;

    @Option(names = "--dry-run", description = "Only tell what would be put back.")
    private boolean dryRun;

    @Override
    public Integer call() {
        RestoreReport report = plan.report(
                output,
                sealway -> sealway.restore(file, new RestoreTerms(fillEmptied, dryRun)),
                found -> RestoreText.lines(found, dryRun));
        return report.passed() ? 0 : FAILED;
    }
}
