package dev.sealway.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.migration.DropGate;
import dev.sealway.migration.DropGate.Waits;
import dev.sealway.migration.MigrationSettings;
import dev.sealway.migration.PreparedDrop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/how-to/flyway.md} to files and classes that other tests run. */
class DocsFlywayTest {
    private static final Path PAGE = Path.of("docs/how-to/flyway.md");
    private static final Path EXAMPLE = Path.of("docs/tutorial/plain-flyway");
    private static final Path MIGRATIONS = Path.of("src/main/java/db/migration");
    private static final Path GROWN = Path.of("src/test/java/dev/sealway/flyway/JavaMigrationTest.java");
    private static final Pattern BLOCK =
            Pattern.compile("<!-- (file|java|told)(?:: ([^\n]*))? -->\n```(\\w+)\n(.*?)```\n", Pattern.DOTALL);

    @Test
    void showsWhatIsRun() throws IOException {
        String page = Files.readString(PAGE);
        String rendered = BLOCK.matcher(page)
                .replaceAll(block -> Matcher.quoteReplacement(block.group()
                        .replace(
                                "```%s\n%s```".formatted(block.group(3), block.group(4)),
                                "```%s\n%s```".formatted(block.group(3), source(block.group(1), block.group(2))))));
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(PAGE, rendered);
        } else {
            assertThat(page)
                    .as("docs/how-to/flyway.md is behind its sources; run 'make docs'")
                    .isEqualTo(rendered);
        }
    }

    @Test
    void explainsEveryPlaceholder() throws IOException {
        assertThat(Files.readString(PAGE))
                .contains(MigrationSettings.names().stream()
                        .map("| `%s` |"::formatted)
                        .toList());
    }

    private static String source(String kind, String name) {
        return switch (kind) {
            case "file" -> text(EXAMPLE.resolve(name));
            case "told" -> "Drop plaintext waits: %s\n".formatted(waiting());
            default -> Arrays.stream(name.split(", ")).map(DocsFlywayTest::type).collect(Collectors.joining("\n"));
        };
    }

    private static String waiting() {
        return ((Waits) new DropGate(PreparedDrop.course(Map.of()), FlywayTool.WORDS).decide(PreparedDrop.verified()))
                .why();
    }

    /** The class without its comment and its static. */
    private static String type(String name) {
        Path file = MIGRATIONS.resolve(name + ".java");
        String text = text(Files.exists(file) ? file : GROWN);
        Matcher type = Pattern.compile(
                        "^( *)public (?:static )?(final class %s .*?\\})$".formatted(name), Pattern.MULTILINE)
                .matcher(text);
        if (type.find() && type.group().endsWith("{}")) {
            return "public " + type.group(2) + "\n";
        }
        Matcher body = Pattern.compile(
                        "^    public static (final class %s .*?^    \\})$".formatted(name),
                        Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(text);
        assertThat(body.find()).as("the class %s", name).isTrue();
        return "public " + body.group(1).replace("\n    ", "\n") + "\n";
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
