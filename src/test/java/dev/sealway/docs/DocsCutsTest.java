package dev.sealway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds snippets to the lines between {@code // example:name} and {@code // end:name} of files that other tests run. */
class DocsCutsTest {

    private static final Pattern BLOCK =
            Pattern.compile("<!-- cut: (\\S+) (\\S+) -->\n```java\n.*?```\n", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(strings = {"docs/how-to/application-code.md", "docs/how-to/start-up.md"})
    void showsWhatIsRun(String name) throws IOException {
        Path page = Path.of(name);
        String text = Files.readString(page);
        String rendered = BLOCK.matcher(text)
                .replaceAll(block -> Matcher.quoteReplacement("<!-- cut: %s %s -->\n```java\n%s```\n"
                        .formatted(block.group(1), block.group(2), cut(Path.of(block.group(1)), block.group(2)))));
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(page, rendered);
        } else {
            assertThat(text)
                    .as("%s is behind its sources; run 'make docs'", name)
                    .isEqualTo(rendered);
        }
    }

    private static String cut(Path file, String name) {
        try {
            Matcher example = Pattern.compile(" *// example:%1$s\n(.*?) *// end:%1$s\n".formatted(name), Pattern.DOTALL)
                    .matcher(Files.readString(file));
            assertThat(example.find()).as("example %s in %s", name, file).isTrue();
            return example.group(1).stripIndent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
