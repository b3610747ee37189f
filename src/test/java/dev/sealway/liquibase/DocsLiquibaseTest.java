package dev.sealway.liquibase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.migration.DropGate;
import dev.sealway.migration.DropGate.Waits;
import dev.sealway.migration.PreparedDrop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/how-to/liquibase.md} to the code; the files that it shows are held by another test. */
class DocsLiquibaseTest {
    private static final Path PAGE = Path.of("docs/how-to/liquibase.md");
    private static final Pattern TOLD = Pattern.compile("<!-- told -->\n```text\n.*?```\n", Pattern.DOTALL);

    @Test
    void quotesWhatAWaitingDropSays() throws IOException {
        String page = Files.readString(PAGE);
        String rendered = TOLD.matcher(page)
                .replaceAll(Matcher.quoteReplacement(
                        "<!-- told -->\n```text\nthe drop waits: %s\n```\n".formatted(waiting())));
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(PAGE, rendered);
        } else {
            assertThat(page).as("%s is behind the code; run 'make docs'", PAGE).isEqualTo(rendered);
        }
    }

    private static String waiting() {
        return ((Waits) new DropGate(PreparedDrop.course(Map.of()), LiquibaseTool.WORDS)
                        .decide(PreparedDrop.verified()))
                .why();
    }

    @Test
    void explainsEverySettingAndEveryChange() throws IOException {
        Stream<String> changes;
        try (Stream<Path> room = Files.list(Path.of("src/main/java/dev/sealway/liquibase"))) {
            changes = room
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .filter(name -> name.endsWith("Change"))
                    .filter(name -> !name.equals("SealwayChange") && !name.equals("CurrentChange"))
                    .toList()
                    .stream();
        }
        assertThat(Files.readString(PAGE))
                .contains(Stream.concat(CurrentChange.names().stream(), changes)
                        .map("| `%s` |"::formatted)
                        .toList());
    }
}
