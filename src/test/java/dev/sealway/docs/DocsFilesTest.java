package dev.sealway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a page shows under {@code <!-- from: path -->} is that file of this repository, which other tests run. */
class DocsFilesTest {
    private static final Pattern BLOCK =
            Pattern.compile("<!-- from: (\\S+) -->\n```(\\w+)\n(.*?)```\n", Pattern.DOTALL);

    static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return docs.filter(p -> p.toString().endsWith(".md"))
                    .filter(p -> text(p).contains("<!-- from: "))
                    .toList();
        }
    }

    /** With {@code -Ddocs.update=true} (`make docs`) the page is written instead of compared. */
    @ParameterizedTest
    @MethodSource("pages")
    void showsTheFilesAsTheyAre(Path page) throws IOException {
        String text = Files.readString(page);
        String rendered = BLOCK.matcher(text).replaceAll(block -> Matcher.quoteReplacement(shown(block)));
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(page, rendered);
        } else {
            assertThat(text)
                    .as("%s is behind the files that it shows; run 'make docs'", page)
                    .isEqualTo(rendered);
        }
    }

    @Test
    void findsAPageToHold() throws IOException {
        assertThat(pages()).contains(Path.of("docs/how-to/liquibase.md"));
    }

    private static String shown(MatchResult block) {
        return "<!-- from: %s -->\n```%s\n%s```\n"
                .formatted(block.group(1), block.group(2), text(Path.of(block.group(1))));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
