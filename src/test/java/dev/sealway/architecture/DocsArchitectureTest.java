package dev.sealway.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DocsArchitectureTest {
    private static final Path PAGE = Path.of("docs/architecture.md");
    private static final String BEGIN = "<!-- packages -->\n";
    private static final String END = "<!-- /packages -->";

    /** With {@code -Ddocs.update=true} (`make docs`) the page is written instead of compared. */
    @Test
    void thePageShowsThePackagesAsTheyDescribeThemselves() throws IOException {
        var page = Files.readString(PAGE);
        var expected = withTable(page, PackageTable.of(Path.of("src/main/java")));
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(PAGE, expected);
            return;
        }
        assertThat(page)
                .as("docs/architecture.md is behind the package-info.java files; run 'make docs'")
                .isEqualTo(expected);
    }

    @Test
    void takesTheFirstSentenceOfAComment() {
        var text = """
                /**
                 * What the plan says, as {@code values}:
                 * tables. And more.
                 */
                package x;
                """;
        assertThat(PackageTable.firstSentence(text, PAGE)).isEqualTo("What the plan says, as `values`: tables.");
    }

    private static String withTable(String page, String table) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        assertThat(begin).as("%s has lost its marker %s", PAGE, BEGIN.strip()).isNotNegative();
        assertThat(end).as("%s has lost its marker %s", PAGE, END).isGreaterThan(begin);
        return page.substring(0, begin + BEGIN.length()) + table + page.substring(end);
    }
}
