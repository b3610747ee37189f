package dev.sealway.discover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DocsDiscoverTest {
    private static final Path PAGE = Path.of("docs/reference/discover.md");
    private static final Pattern MEASURED = Pattern.compile("(?s)(<!-- measured -->\n).*(\n<!-- end -->)");

    /** With {@code -Ddocs.update=true} (`make docs`) the numbers are written instead of compared. */
    @Test
    void thePageStatesTheNumbersAsMeasured() throws IOException {
        var page = Files.readString(PAGE);
        var expected = MEASURED.matcher(page).replaceFirst("$1" + Matcher.quoteReplacement(measured()) + "$2");
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(PAGE, expected);
            return;
        }
        assertThat(page)
                .as("docs/reference/discover.md is behind the detectors; run 'make docs'")
                .isEqualTo(expected);
    }

    private static String measured() {
        var tuned = LabelledColumn.of("tuned");
        var heldOut = LabelledColumn.of("heldout");
        return """
                | half | columns | labelled | found | precision | recall | right kind |
                |---|---|---|---|---|---|---|
                %s
                %s

                By kind, in the held-out half:

                | kind | labelled | found |
                |---|---|---|
                %s""".formatted(
                        Quality.of(tuned).row("tuned"),
                        Quality.of(heldOut).row("held out"),
                        Stream.of(Kind.values()).flatMap(k -> row(k, heldOut)).collect(Collectors.joining("\n")));
    }

    private static Stream<String> row(Kind kind, List<LabelledColumn> columns) {
        var labelled = columns.stream()
                .filter(c -> c.label().filter(kind::equals).isPresent())
                .toList();
        var found = labelled.stream().filter(c -> c.found().isPresent()).count();
        return labelled.isEmpty()
                ? Stream.of()
                : Stream.of(String.format(Locale.ROOT, "| %s | %d | %d |", kind.words(), labelled.size(), found));
    }
}
