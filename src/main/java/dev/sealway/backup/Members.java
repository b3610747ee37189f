package dev.sealway.backup;

import dev.sealway.json.Json;
import dev.sealway.json.NotJsonException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The members of a JSON object that was read; whatever is not as it should be is an {@link IllegalArgumentException}. */
record Members(Map<?, ?> all) {

    static Members parse(String json) {
        try {
            return of(Json.parse(json));
        } catch (NotJsonException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
    }

    private static Members of(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return new Members(map);
        }
        throw new IllegalArgumentException("not an object");
    }

    String text(String name) {
        return optionalText(name).orElseThrow(() -> missing(name));
    }

    Optional<String> optionalText(String name) {
        return all.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    long number(String name) {
        return optionalNumber(name).orElseThrow(() -> missing(name));
    }

    OptionalLong optionalNumber(String name) {
        return all.get(name) instanceof BigDecimal number ? OptionalLong.of(exact(number)) : OptionalLong.empty();
    }

    private static long exact(BigDecimal number) {
        try {
            return number.longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("not a whole number", e);
        }
    }

    List<String> texts(String name) {
        return elements(name).stream().map(Members::element).toList();
    }

    private static String element(@Nullable Object element) {
        if (element instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("not a text");
    }

    Members object(String name) {
        return of(all.get(name));
    }

    List<Members> objects(String name) {
        return elements(name).stream().map(Members::of).toList();
    }

    private List<?> elements(String name) {
        if (all.get(name) instanceof List<?> list) {
            return list;
        }
        throw missing(name);
    }

    private static IllegalArgumentException missing(String name) {
        return new IllegalArgumentException("%s is missing".formatted(name));
    }
}
