package dev.sealway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The workflows that no machine here can run: what can be held to account without one. */
class WorkflowsTest {
    private static final Path WORKFLOWS = Path.of(".github/workflows");
    private static final Pattern USES = Pattern.compile("uses: +(\\S+)@(\\S+)(.*)");
    private static final Pattern MAKE = Pattern.compile("\\bmake (?:--no-print-directory )?([a-z-]+)");
    private static final Pattern SCRIPT = Pattern.compile("(\\.ci/[a-z-]+)");

    static List<Path> workflows() throws IOException {
        try (Stream<Path> files = Files.list(WORKFLOWS)) {
            return files.sorted().toList();
        }
    }

    /** Those, and the one that is there to be copied. */
    static List<Path> workflowsAndExample() throws IOException {
        return Stream.concat(workflows().stream(), Stream.of(Path.of("db/environments/rollout.yml")))
                .toList();
    }

    /** Those, and the one that a page shows. */
    static List<Path> shown() throws IOException {
        return Stream.concat(workflowsAndExample().stream(), Stream.of(Path.of("docs/how-to/verify-in-ci.md")))
                .toList();
    }

    private static Map<?, ?> parsed(Path file) throws IOException {
        return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    }

    private static Map<?, ?> in(Map<?, ?> map, String key) {
        assertThat(map.containsKey(key)).as("%s among %s", key, map.keySet()).isTrue();
        return (Map<?, ?>) map.get(key);
    }

    private static List<MatchResult> uses(Path file) throws IOException {
        return USES.matcher(Files.readString(file)).results().toList();
    }

    private static List<String> runs(Path file) throws IOException {
        return in(parsed(file), "jobs").values().stream()
                .flatMap(job -> ((List<?>) ((Map<?, ?>) job).get("steps")).stream())
                .map(step -> ((Map<?, ?>) step).get("run"))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("shown")
    void pinsEveryActionByItsCommitAndSaysItsVersion(Path file) throws IOException {
        assertThat(uses(file)).isNotEmpty().allSatisfy(use -> {
            assertThat(use.group(2)).as(use.group()).matches("[0-9a-f]{40}");
            assertThat(use.group(3)).as(use.group()).matches(" # v\\d+\\.\\d+\\.\\d+");
        });
    }

    @Test
    void pinsAnActionTheSameEverywhere() throws IOException {
        var commits = shown().stream()
                .flatMap(file -> {
                    try {
                        return uses(file).stream();
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .collect(Collectors.groupingBy(
                        use -> use.group(1),
                        Collectors.mapping(use -> use.group(2) + use.group(3), Collectors.toSet())));
        assertThat(commits.values()).allSatisfy(commit -> assertThat(commit).hasSize(1));
    }

    @ParameterizedTest
    @MethodSource("workflowsAndExample")
    void givesEveryJobAnEndAndFewRights(Path file) throws IOException {
        var workflow = parsed(file);
        assertThat(in(workflow, "permissions")).isEqualTo(Map.of("contents", "read"));
        assertThat(in(workflow, "jobs").values()).allSatisfy(job -> assertThat(((Map<?, ?>) job).get("timeout-minutes"))
                .isInstanceOf(Integer.class));
    }

    @ParameterizedTest
    @MethodSource("workflowsAndExample")
    void callsVerbsThatExist(Path file) throws IOException {
        var makefile = Files.readString(Path.of("Makefile"));
        for (var run : runs(file)) {
            MAKE.matcher(run)
                    .results()
                    .forEach(verb -> assertThat(makefile).as(run).containsPattern("(?m)^%s:".formatted(verb.group(1))));
            SCRIPT.matcher(run).results().forEach(script -> assertThat(Path.of(script.group(1)))
                    .as(run)
                    .isExecutable());
        }
    }

    @Test
    void triesTheVersionsOfThePom() throws IOException {
        var jobs = in(parsed(WORKFLOWS.resolve("build.yml")), "jobs");
        for (var kind : List.of("java", "postgres", "flyway", "liquibase")) {
            var matrix = in(in(in(jobs, kind), "strategy"), "matrix");
            assertThat((List<?>) matrix.get(kind)).isEqualTo(versions(kind));
        }
        assertThat(versions("flyway")).contains(property("flyway.version"));
        assertThat(versions("java")).first().isEqualTo(property("maven.compiler.release"));
        assertThat(versions("postgres.embedded"))
                .contains(property("embedded-pg.binaries"))
                .allSatisfy(v -> assertThat(versions("postgres")).contains(v.replaceAll("\\..*", "")));
    }

    private static List<String> versions(String kind) throws IOException {
        return List.of(property("matrix." + kind).split(",", -1));
    }

    private static String property(String name) throws IOException {
        return Pattern.compile("<%1$s>(.*)</%1$s>".formatted(Pattern.quote(name)))
                .matcher(Files.readString(Path.of("pom.xml")))
                .results()
                .findFirst()
                .orElseThrow(() -> new AssertionError("pom.xml has no property " + name))
                .group(1);
    }

    @Test
    void keepsDependenciesOfEveryKindUpToDate() throws IOException {
        var updates = (List<?>) parsed(Path.of(".github/dependabot.yml")).get("updates");
        assertThat(updates.stream()
                        .map(u -> ((Map<?, ?>) u).get("package-ecosystem"))
                        .map(Object::toString))
                .containsExactlyInAnyOrder("maven", "github-actions", "docker");
    }
}
