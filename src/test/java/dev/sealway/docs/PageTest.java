package dev.sealway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.planfile.MigrationFileReader;
import dev.sealway.planfile.PlanReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page: its plans are read, its links lead somewhere. */
class PageTest {

    private static final Pattern PLAN = Pattern.compile("```yaml\\R(sealway: 1\\Rname: .*?)```", Pattern.DOTALL);
    private static final Pattern MIGRATION =
            Pattern.compile("```yaml\\R(?:# db/migration/[^\\n]*\\n)?(sealway: 1\\Rplan: .*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            List<Path> pages = docs.filter(p -> p.toString().endsWith(".md")).toList();
            return Stream.concat(
                    Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")
                            .map(Path::of),
                    pages.stream());
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void showsPlansThatCanBeRead(Path page) throws IOException {
        for (String plan : PLAN.matcher(Files.readString(page))
                .results()
                .map(m -> m.group(1))
                .toList()) {
            assertThat(PlanReader.read(plan, page.toString()).tables()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void showsMigrationsThatCanBeRead(Path page) throws IOException {
        String text = Files.readString(page);
        List<String> migrations =
                MIGRATION.matcher(text).results().map(m -> m.group(1)).toList();
        assertThat(migrations).hasSize(text.split("```yaml\\R# db/migration/", -1).length - 1 + shown(text));
        for (String migration : migrations) {
            assertThat(MigrationFileReader.read(migration, page.toString()).phases())
                    .isNotEmpty();
        }
    }

    /** Migrations whose file is told outside of the snippet. */
    private static int shown(String text) {
        return text.split("```yaml\\Rsealway: 1\\Rplan: ", -1).length - 1;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksToWhatIsThere(Path page) throws IOException {
        Path folder = page.toAbsolutePath().getParent();
        List<String> links = LINK.matcher(Files.readString(page))
                .results()
                .map((MatchResult m) -> m.group(1))
                .filter(l -> !l.startsWith("http"))
                .toList();
        assertThat(links).allSatisfy(link -> assertThat(folder.resolve(link)).exists());
    }
}
