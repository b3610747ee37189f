package dev.sealway.application;

import dev.sealway.json.Json;
import dev.sealway.json.NotJsonException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as {@code jsonb} prints it (PostgreSQL's {@code jsonb.c} and {@code jsonb_util.c}): one blank after each colon and
 * comma, the members of an object by the length of their names in UTF-8 and then by their bytes, numbers as
 * {@code numeric} writes them.
 */
final class JsonbText {

    private static final Comparator<String> BY_LENGTH_AND_BYTES = Comparator.comparing(
            (String name) -> name.getBytes(StandardCharsets.UTF_8),
            Comparator.comparingInt((byte[] b) -> b.length).thenComparing(Arrays::compareUnsigned));

    private final StringBuilder out = new StringBuilder();

    private JsonbText() {}

    static String of(String json) {
        try {
            JsonbText text = new JsonbText();
            text.write(Json.parse(json));
            return text.out.toString();
        } catch (NotJsonException e) {
            throw new IllegalArgumentException("a text is not JSON, or has a name twice: %s".formatted(e.fault()));
        }
    }

    private void write(@Nullable Object value) {
        if (value instanceof Map<?, ?> members) {
            object(members);
        } else if (value instanceof List<?> elements) {
            array(elements);
        } else if (value instanceof String text) {
            string(text);
        } else if (value instanceof BigDecimal number) {
            out.append(NumberForms.free(number));
        } else {
            out.append(value);
        }
    }

    private void object(Map<?, ?> members) {
        List<String> names = members.keySet().stream()
                .map(String.class::cast)
                .sorted(BY_LENGTH_AND_BYTES)
                .toList();
        out.append('{');
        for (int i = 0; i < names.size(); i++) {
            out.append(i == 0 ? "" : ", ");
            string(names.get(i));
            out.append(": ");
            write(members.get(names.get(i)));
        }
        out.append('}');
    }

    private void array(List<?> elements) {
        out.append('[');
        for (int i = 0; i < elements.size(); i++) {
            out.append(i == 0 ? "" : ", ");
            write(elements.get(i));
        }
        out.append(']');
    }

    private void string(String text) {
        out.append('"');
        text.chars().forEach(c -> {
            switch (c) {
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case 0 -> throw new IllegalArgumentException("a text within the JSON has a NUL, which jsonb refuses");
                default -> out.append(c < ' ' ? String.format(Locale.ROOT, "\\u%04x", c) : Character.toString(c));
            }
        });
        out.append('"');
    }
}
