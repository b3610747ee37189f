package dev.sealway.cli;

import dev.sealway.Sealway;
import dev.sealway.cli.console.Console;
import dev.sealway.cli.report.DoctorText;
import dev.sealway.cli.report.GrantsReport;
import dev.sealway.workflow.DoctorReport;
import dev.sealway.workflow.DoctorTerms;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        description = {
            "Looks for what would leak values or stop a run, before there is one.",
            "",
            "Each finding says what, why, and the command that mends it. Ends with exit code 3 if no run should begin;",
            "with --strict at any warning, too. Changes nothing."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  sealway doctor", "  sealway doctor --strict --json", "  sealway doctor --grants"})
final class DoctorCommand implements Callable<Integer> {
    private static final int REFUSED = 3;

    @Spec
    private CommandSpec command;

    @Mixin
    private TargetOptions target;

    @Mixin
    private ReportOptions output;

    @Option(names = "--strict", description = "Exit code 3 at any warning, for CI.")
    private boolean strict;

    @Option(
            names = "--allow-logging",
            description = "Take settings that write values into the server's log for a warning only.")
    private boolean allowLogging;

    @Option(
            names = "--measure",
            description = "Measure on a sample how much the tables will grow, as 'sealway estimate' does.")
    private boolean measure;

    @Option(
            names = "--project",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Where Flyway's configuration is. Default: the current directory.")
    private Path project;

    @Option(
            names = "--grants",
            description = "Only print the statements that give small roles what they need; run them after expand.")
    private boolean grants;

    @Override
    public Integer call() {
        Surroundings surroundings = SealwayCommand.surroundings(command);
        Console console = surroundings.console();
        Sealway sealway = target.open(surroundings, output.beside(console));
        if (grants) {
            GrantsReport report = GrantsReport.of(sealway.grants(target.selection()));
            output.print(console, report, report.grants());
            return 0;
        }
        DoctorReport report = sealway.doctor(
                target.selection(),
                new DoctorTerms(
                        surroundings.clock(),
                        project,
                        ManagementFactory.getRuntimeMXBean().getInputArguments(),
                        allowLogging,
                        measure));
        output.print(console, report, DoctorText.lines(report));
        return report.passed(strict) ? 0 : REFUSED;
    }
}
