package dev.sealway.cli;

import dev.sealway.cli.console.Console;
import dev.sealway.cli.console.ProgressDisplay;
import dev.sealway.cli.demo.Demo;
import dev.sealway.cli.demo.DemoSettings;
import dev.sealway.jdbc.ConnectionTarget;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        description = {
            "Plays the whole life of a migration on sample data, and proves at its end that nothing was lost.",
            "",
            "On an embedded PostgreSQL that is gone afterwards, or with --url on an empty database of your own, where",
            "the sample then stays."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  sealway demo", "  sealway demo --rows 1000000", "  sealway demo --keep"})
final class DemoCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    @Spec
    private CommandSpec command;

    @Option(
            names = "--rows",
            paramLabel = "ROWS",
            defaultValue = "100000",
            description = "How many users; the other tables follow. Default: ${DEFAULT-VALUE}.")
    private long rows;

    @Option(names = "--keep", description = "Leave the database running and the keys in place, for a look around.")
    private boolean keep;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Use this database, which must not have the sample's tables.")
    private @Nullable String url;

    @Option(names = "--user", paramLabel = "NAME", description = "Counts more than the user in the URL.")
    private @Nullable String user;

    @Option(names = "--password-file", paramLabel = "FILE", description = "Its first line is the password.")
    private @Nullable Path passwordFile;

    @Override
    public Integer call() {
        if (rows < DemoSettings.FEWEST_ROWS) {
            throw new ParameterException(
                    command.commandLine(), "--rows must be %d or more".formatted(DemoSettings.FEWEST_ROWS));
        }
        if (url == null && (user != null || passwordFile != null)) {
            throw new ParameterException(command.commandLine(), "--user and --password-file go with --url");
        }
        Surroundings surroundings = SealwayCommand.surroundings(command);
        Console console = surroundings.console();
        Demo demo = new Demo(
                console,
                ProgressDisplay.on(console, surroundings.environment(), surroundings.clock()),
                surroundings.clock());
        return demo.play(new DemoSettings(rows, keep, target(surroundings))) ? 0 : FAILED;
    }

    /** The environment alone never makes the demo use a real database: it is named on the command line or not at all. */
    private Optional<ConnectionTarget> target(Surroundings surroundings) {
        return Optional.ofNullable(url)
                .map(given -> ConnectionTarget.of(
                        new ConnectionTarget.Options(
                                Optional.of(given), Optional.ofNullable(user), Optional.ofNullable(passwordFile)),
                        surroundings.environment()));
    }
}
