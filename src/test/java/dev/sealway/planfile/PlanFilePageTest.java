package dev.sealway.planfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sealway.plan.Disposition;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/reference/plan-file.md} to the reader and to the schema. */
class PlanFilePageTest {

    private static final String PAGE = Corpus.text(Path.of("docs/reference/plan-file.md"));
    private static final String SCHEMA = "src/main/resources/dev/sealway/planfile/plan.schema.json";

    @Test
    void showsOnlyPlansThatCanBeRead() {
        assertThat(blocks("yaml")).hasSizeGreaterThan(5).allSatisfy(plan -> assertThatCode(
                        () -> PlanReader.read(plan, "example"))
                .doesNotThrowAnyException());
    }

    @Test
    void showsWhatARefusalReallySays() {
        assertThatThrownBy(() -> PlanReader.read(blocks("yaml refused").get(0), "db/sealway.yaml"))
                .hasMessage(blocks("text").get(0).stripTrailing());
    }

    @Test
    void explainsEveryKeyOfTheSchema() {
        Set<String> keys = new TreeSet<>();
        collectKeys(JsonParser.parseString(Corpus.text(Path.of(SCHEMA))), keys);

        assertThat(keys).contains("sealway", "accept-leakage").allSatisfy(key -> assertThat(PAGE)
                .containsAnyOf("`%s`".formatted(key), "`{ %s: <name> }`".formatted(key)));
    }

    @Test
    void namesEveryKindOfObject() {
        assertThat(Disposition.KINDS).allSatisfy(kind -> assertThat(PAGE).contains("`%s`".formatted(kind)));
    }

    private static void collectKeys(JsonElement schema, Set<String> keys) {
        if (schema instanceof JsonObject object) {
            if (object.get("properties") instanceof JsonObject properties) {
                keys.addAll(properties.keySet());
            }
            object.entrySet().forEach(e -> collectKeys(e.getValue(), keys));
        } else if (schema.isJsonArray()) {
            schema.getAsJsonArray().forEach(e -> collectKeys(e, keys));
        }
    }

    private static List<String> blocks(String language) {
        return Pattern.compile("^```%s\n(.*?)^```$".formatted(language), Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(PAGE)
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }
}
