package dev.sealway.cli;

import dev.sealway.Sealway;
import dev.sealway.cli.console.Console;
import dev.sealway.cli.report.StatusText;
import dev.sealway.workflow.StatusReport;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        description = "Tells where every column stands, what comes next, and the phrase that confirms the drop.",
        footerHeading = "%nExamples:%n",
        footer = {"  sealway status", "  sealway status --watch 5", "  sealway status --json"})
final class StatusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private TargetOptions target;

    @Mixin
    private ReportOptions output;

    @Option(
            names = "--watch",
            paramLabel = "SECONDS",
            arity = "0..1",
            fallbackValue = "2",
            description = "Repeat until interrupted, every 2 seconds or as given.")
    private @Nullable Integer seconds;

    @Override
    public Integer call() {
        Surroundings surroundings = SealwayCommand.surroundings(command);
        Console console = surroundings.console();
        refuseWhatCannotBeWatched();
        Sealway sealway = target.open(surroundings, output.beside(console));
        print(sealway, console);
        while (seconds != null && waited(Duration.ofSeconds(seconds))) {
            console.clear();
            print(sealway, console);
        }
        return 0;
    }

    private void refuseWhatCannotBeWatched() {
        if (seconds != null && output.json()) {
            throw new ParameterException(command.commandLine(), "--json prints one document; leave out --watch");
        }
        if (seconds != null && seconds < 1) {
            throw new ParameterException(command.commandLine(), "--watch wants whole seconds, 1 or more");
        }
    }

    private boolean waited(Duration duration) {
        try {
            SealwayCommand.surroundings(command).pause().of(duration);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void print(Sealway sealway, Console console) {
        StatusReport report = sealway.status(target.selection());
        output.print(console, report, StatusText.lines(report));
    }
}
