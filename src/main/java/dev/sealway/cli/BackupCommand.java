package dev.sealway.cli;

import dev.sealway.cli.report.BackupText;
import dev.sealway.workflow.Verb;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        subcommands = BackupCheckCommand.class,
        description = {
            "Exports the columns of the plan into encrypted files, as they are now.",
            "",
            "One snapshot, one file and one manifest for each table; every file is read back once. Nothing is ever",
            "overwritten, and no plaintext gets to a disk. Without its keys a file is lost."
        },
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  sealway backup",
            "  sealway backup --table public.guest_orders --out /srv/backups",
            "  sealway backup check backups/shop-public.customers-20260131T235959Z-1a2b3c4d.backup"
        })
final class BackupCommand implements Callable<Integer> {
    @Mixin
    private PhaseOptions options;

    @Option(
            names = "--out",
            paramLabel = "DIRECTORY",
            defaultValue = "backups",
            description =
                    "Where the files go; made, for its owner alone, if it is not there. Default: ${DEFAULT-VALUE}.")
    private Path directory;

    @Override
    public Integer call() {
        return options.run(new PhaseOptions.Phase<>(
                Verb.BACKUP,
                sealway -> sealway.backup(options.selection(), directory),
                BackupText::lines,
                report -> true));
    }
}
