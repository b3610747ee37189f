package dev.sealway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.cli.console.Console;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DocsCliTest {
    private static final Path PAGE = Path.of("docs/reference/cli.md");

    /** With {@code -Ddocs.update=true} (`make docs`) the page is written instead of compared. */
    @Test
    void thePageShowsEveryCommandAsItHelpsItself() throws IOException {
        var expected = page();
        if (Boolean.getBoolean("docs.update")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, expected);
            return;
        }
        assertThat(PAGE)
                .as("docs/reference/cli.md is behind the commands; run 'make docs'")
                .hasContent(expected);
    }

    private static String page() {
        var nowhere = new PrintStream(OutputStream.nullOutputStream());
        var console = new Console(nowhere, nowhere, false, false);
        var root = Main.commandLine(new Surroundings(console, Map.of(), Clock.systemUTC(), duration -> {}));
        var page = new StringBuilder("""
                # Command line

                `java -jar target/sealway-cli.jar <command>`, written `sealway <command>` here. What follows is what
                `--help` prints; the page is generated: `make docs`.
                """);
        append(page, root);
        return page.toString();
    }

    private static void append(StringBuilder page, CommandLine command) {
        page.append("\n## %s\n\n```text\n%s```\n"
                .formatted(
                        command.getCommandSpec().qualifiedName(),
                        command.getUsageMessage(CommandLine.Help.Ansi.OFF).replaceAll("(?m) +$", "")));
        new LinkedHashSet<>(command.getSubcommands().values()).forEach(c -> append(page, c));
    }
}
