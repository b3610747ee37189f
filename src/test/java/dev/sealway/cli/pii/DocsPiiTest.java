package dev.sealway.cli.pii;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the files that {@code docs/how-to/transit-in-place.md} shows to those that are used. */
class DocsPiiTest {
    private static final Path PAGE = Path.of("docs/how-to/transit-in-place.md");
    private static final Pattern FILE =
            Pattern.compile("(<!-- file: ([^\n]*) -->\n```\\w+\n)(.*?)(```\n)", Pattern.DOTALL);

    /** With {@code -Ddocs.update=true} (`make docs`) the page is written instead of compared. */
    @Test
    void showsTheFilesAsTheyAre() throws IOException {
        String page = Files.readString(PAGE);
        String rendered = FILE.matcher(page)
                .replaceAll(block -> Matcher.quoteReplacement(block.group(1) + text(block.group(2)) + block.group(4)));
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(PAGE, rendered);
        } else {
            assertThat(page)
                    .as("docs/how-to/transit-in-place.md is behind its files; run 'make docs'")
                    .isEqualTo(rendered);
        }
    }

    private static String text(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
