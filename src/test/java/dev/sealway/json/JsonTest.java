package dev.sealway.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sealway.error.SealwayException.Outcome;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void keepsOrderAndDigits() {
        var text =
                "{\"b\":[1.0,-0.10,4294967295,1E+400,\"\\u0001=<\\\"\"],\"a\":{\"t\":true,\"n\":null},\"c\":[],\"d\":{}}";

        assertThat(Json.compact(Json.parse(text))).isEqualTo(text);
    }

    @Test
    void parsesAnyValueAtTheTop() {
        assertThat(Json.parse(" null ")).isNull();
        assertThat(Json.parse("\"x\"")).isEqualTo("x");
        assertThat(Json.parse("false")).isEqualTo(false);
    }

    @Test
    void writesOneMemberPerLine() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("rows", 3L);
        value.put("none", null);
        value.put("names", Arrays.asList("ı", null));

        assertThat(Json.pretty(value)).isEqualTo("""
                {
                  "rows": 3,
                  "none": null,
                  "names": [
                    "ı",
                    null
                  ]
                }""");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "{\"CANARY\":1,\"CANARY\":2}",
                "{\"CANARY\":1} CANARY",
                "{\"CANARY\":1}{}",
                "{\"CANARY\":CANARY}",
                "{'CANARY':1}",
                "{CANARY:1}",
                "[1,]",
                "{\"CANARY\":1,}",
                "[01]",
                "[NaN]",
                "\"CANARY",
                "\"\\CANARY\"",
                "[1 //CANARY\n]",
                "[1E+99999999999]",
                "{\"CANARY"
            })
    void refusesWhatIsNotStrictlyJsonWithoutQuotingIt(String text) {
        assertThatExceptionOfType(NotJsonException.class)
                .isThrownBy(() -> Json.parse(text))
                .withMessageMatching("not JSON: line [0-9]+, column [0-9]+: [a-zA-Z ,]+")
                .withMessageNotContaining("CANARY")
                .withNoCause();
    }

    @Test
    void refusesNestingWithoutEnd() {
        assertThatExceptionOfType(NotJsonException.class).isThrownBy(() -> Json.parse("[".repeat(100_000)));
    }

    @Test
    void tellsThePosition() {
        var refused = catchThrowableOfType(
                NotJsonException.class, () -> Json.parse("{\n  \"line 9 column 9\": 1,\n  \"line 9 column 9\": 2}"));

        assertThat(refused.fault()).matches("line 3, column [0-9]+: a name occurs twice in one object");
        assertThat(refused.outcome()).isEqualTo(Outcome.WRONG_USAGE);
    }

    @Test
    void refusesValuesThatJsonHasNoFormFor() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.compact(List.of(new StringBuilder("CANARY"))))
                .withMessage("JSON has no form for java.lang.StringBuilder");
        assertThatIllegalArgumentException().isThrownBy(() -> Json.compact(Double.NaN));
    }
}
