package dev.sealway.cli;

import dev.sealway.cli.console.Console;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;

/** The executable: {@code java -jar sealway-cli.jar <command>}. */
public final class Main {
    private static final int FAILED = 1;

    /** What the driver logs may quote values. Held here, because the platform forgets a logger that nobody holds. */
    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

    private Main() {}

    @SuppressWarnings("SystemExitOutsideMain")
    public static void main(String... arguments) {
        System.setProperty("logback.configurationFile", "dev/sealway/cli/logback.xml");
        DRIVER.setLevel(Level.OFF);
        Map<String, String> environment = System.getenv();
        Console console = Console.system(environment);
        Stop stop = new Stop();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop.askAndAwait(console), "sealway-stop"));
        int code =
                run(new Surroundings(console, environment, Clock.systemUTC(), Main::sleep, stop::isAsked), arguments);
        stop.ended();
        System.exit(code);
    }

    private static void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration.toMillis());
    }

    /** @return the exit code: 0 done, 1 failed, 2 wrong usage, 3 refused by a gate */
    public static int run(Surroundings surroundings, String... arguments) {
        try {
            return commandLine(surroundings).execute(arguments);
        } catch (StackOverflowError | OutOfMemoryError e) {
            surroundings.console().error(Mishaps.words(e));
            return FAILED;
        }
    }

    static CommandLine commandLine(Surroundings surroundings) {
        Console console = surroundings.console();
        return new CommandLine(new SealwayCommand(surroundings))
                .setOut(console.documentWriter())
                .setErr(console.errorWriter())
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        console.isColoured() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setUsageHelpWidth(SealwayCommand.WIDTH)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(new WrongUsage())
                .setExecutionExceptionHandler(new Mishaps(console));
    }
}
