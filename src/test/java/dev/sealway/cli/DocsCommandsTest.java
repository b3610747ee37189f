package dev.sealway.cli;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sealway.cli.console.Console;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command line that a page shows is one that can be typed. */
class DocsCommandsTest {
    private static final Pattern LINE =
            Pattern.compile("^(?: *- run: )?java -jar target/sealway-cli\\.jar (.*)$", Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            List<Path> pages = docs.filter(p -> p.toString().endsWith(".md")).toList();
            return Stream.concat(
                    Stream.of(Path.of("README.md"), Path.of("db/environments/rollout.yml")), pages.stream());
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void showsCommandsThatCanBeTyped(Path page) throws IOException {
        for (String line : commands(Files.readString(page))) {
            var nowhere = new PrintStream(OutputStream.nullOutputStream());
            var surroundings = new Surroundings(
                    new Console(nowhere, nowhere, false, false), Map.of(), Clock.systemUTC(), duration -> {});
            assertThatCode(() -> Main.commandLine(surroundings).parseArgs(words(line)))
                    .as(line)
                    .doesNotThrowAnyException();
        }
    }

    private static List<String> commands(String page) {
        return LINE.matcher(page).results().map(m -> m.group(1)).toList();
    }

    private static String[] words(String line) {
        return WORD.matcher(line)
                .results()
                .map(m -> m.group(1) == null ? m.group(2) : m.group(1))
                .toArray(String[]::new);
    }
}
