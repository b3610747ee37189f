package dev.sealway.cli;

import dev.sealway.cli.console.Console;
import dev.sealway.cli.server.DetachedServer;
import dev.sealway.json.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "db",
        mixinStandardHelpOptions = true,
        optionListHeading = "%nOptions:%n",
        description = {
            "Starts and stops an embedded PostgreSQL, for trying things out.",
            "",
            "It listens on 127.0.0.1 only and trusts every user of this machine."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  sealway db start", "  sealway db start --port 6543", "  sealway db stop"})
final class DbCommand implements Runnable {
    private static final String DIRECTORY = "target/sealway-db";

    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        throw new ParameterException(command.commandLine(), "a command is missing: start, stop or status");
    }

    /** Where the server lives, and how its commands report. */
    static final class ServerOptions {
        @Spec(Spec.Target.MIXEE)
        private CommandSpec command;

        @Option(
                names = "--directory",
                paramLabel = "DIRECTORY",
                defaultValue = DIRECTORY,
                description = "Where its data, pid file and log are. Default: ${DEFAULT-VALUE}.")
        private Path directory;

        @Mixin
        private ReportOptions output;

        DetachedServer server() {
            return new DetachedServer(directory);
        }

        void print(Optional<DetachedServer.Running> running, String line) {
            Console console = SealwayCommand.surroundings(command).console();
            if (output.json()) {
                console.line(Json.pretty(document(running)));
            } else {
                console.lines(List.of(line));
            }
        }

        private static Map<String, @Nullable Object> document(Optional<DetachedServer.Running> running) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            members.put("running", running.isPresent());
            running.ifPresent(r -> {
                members.put("pid", r.pid());
                members.put("port", r.port());
                members.put("url", r.url());
                members.put("directory", r.directory().toString());
            });
            return members;
        }
    }

    @Command(
            name = "start",
            mixinStandardHelpOptions = true,
            optionListHeading = "%nOptions:%n",
            description = "Starts it and leaves it running; returns when it is ready. Its data stays over restarts.")
    int start(
            @Mixin ServerOptions options,
            @Option(
                            names = "--port",
                            paramLabel = "PORT",
                            defaultValue = "54329",
                            description = "Its port on 127.0.0.1. Default: ${DEFAULT-VALUE}.")
                    int port) {
        DetachedServer.Running running = options.server().start(port);
        String line = running.alreadyThere() ? "PostgreSQL runs already: %s" : "PostgreSQL is ready: %s";
        options.print(
                Optional.of(running), (line + " (user postgres, process %d)").formatted(running.url(), running.pid()));
        return 0;
    }

    @Command(
            name = "stop",
            mixinStandardHelpOptions = true,
            optionListHeading = "%nOptions:%n",
            description = "Stops it. Its data stays.")
    int stop(@Mixin ServerOptions options) {
        boolean ran = options.server().stop();
        options.print(Optional.empty(), ran ? "PostgreSQL is stopped." : "PostgreSQL was not running.");
        return 0;
    }

    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            optionListHeading = "%nOptions:%n",
            description = "Tells whether it runs.")
    int status(@Mixin ServerOptions options) {
        Optional<DetachedServer.Running> running = options.server().status();
        options.print(
                running,
                running.map(r -> "PostgreSQL runs: %s (user postgres, process %d)".formatted(r.url(), r.pid()))
                        .orElse("PostgreSQL does not run; start it with 'sealway db start'."));
        return 0;
    }
}
