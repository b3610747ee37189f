package dev.sealway.cli;

import dev.sealway.Sealway;
import dev.sealway.cli.console.Console;
import dev.sealway.cli.report.DiskText;
import dev.sealway.cli.report.ResidueText;
import dev.sealway.error.SealwayException;
import dev.sealway.residue.disk.Canaries;
import dev.sealway.workflow.DiskReport;
import dev.sealway.workflow.ResidueReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "residue",
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        description = {
            "Tells where plaintext lingers after the drop, and what removes it.",
            "",
            "With --data-directory it searches the files of a server on this host for texts that stood in the",
            "plaintext. The texts are never printed. Exit code 1 if one is found."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sealway residue",
            "  sealway residue --data-directory /var/lib/postgresql/17/main --canaries texts.txt"
        })
final class ResidueCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private TargetOptions target;

    @Mixin
    private ReportOptions output;

    @Option(
            names = "--data-directory",
            paramLabel = "DIR",
            description = "The data directory of the server; its files are searched byte by byte.")
    private @Nullable Path directory;

    @Option(
            names = "--canary",
            paramLabel = "TEXT",
            description = "A text to search for; may be repeated. Other users of this host may see it.")
    private List<String> canaries = new ArrayList<>();

    @Option(
            names = "--canaries",
            paramLabel = "FILE",
            description = "A file with texts to search for, one a line: short, rare, of six bytes or more.")
    private @Nullable Path file;

    @Override
    public Integer call() {
        Surroundings surroundings = SealwayCommand.surroundings(command);
        Console console = surroundings.console();
        Sealway sealway = target.open(surroundings, output.beside(console));
        if (directory != null) {
            DiskReport report = sealway.searchFiles(directory, texts());
            output.print(console, report, DiskText.lines(report));
            return report.isClean() ? 0 : 1;
        }
        if (file != null || !canaries.isEmpty()) {
            throw new ParameterException(command.commandLine(), "canaries are searched for in --data-directory");
        }
        ResidueReport report = sealway.residue(target.selection());
        output.print(console, report, ResidueText.lines(report));
        return 0;
    }

    private Canaries texts() {
        List<String> all = new ArrayList<>(canaries);
        if (file != null) {
            try {
                all.addAll(Files.readAllLines(file));
            } catch (IOException e) {
                throw SealwayException.wrongUsage("the file of canaries %s cannot be read".formatted(file));
            }
        }
        return Canaries.of(all);
    }
}
