package dev.sealway.cli;

import dev.sealway.backup.BackupCheckReport;
import dev.sealway.cli.report.BackupText;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        parameterListHeading = "%nParameter:%n",
        optionListHeading = "%nOptions:%n",
        description = {
            "Reads a backup to its end.",
            "",
            "Ends with exit code 3 if the file is cut, altered, sealed under other keys, or of another plan or database."
        },
        footerHeading = "%nExamples:%n",
        footer = "  sealway backup check backups/shop-public.customers-20260131T235959Z-1a2b3c4d.backup")
final class BackupCheckCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The backup; its manifest is looked for beside it.")
    private Path file;

    @Mixin
    private TargetOptions target;

    @Mixin
    private ReportOptions output;

    @Override
    public Integer call() {
        target.report(
                output, sealway -> sealway.checkBackup(file), (BackupCheckReport report) -> BackupText.lines(report));
        return 0;
    }
}
