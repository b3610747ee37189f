package dev.sealway.json;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON texts (RFC 8259) to plain values and back.
 *
 * <p>An object is a {@link Map} in the order of the text, an array a {@link List}, a number a {@link BigDecimal}, and the
 * rest {@link String}, {@link Boolean} and {@code null}. Numbers keep their digits: what was parsed is written the same.
 *
 * <p>Uses only what Gson 2.10 has: in Flyway's Maven plugin that version wins over ours. It forgives a little more than
 * the RFC: literals in capitals, control characters within strings.
 */
public final class Json {

    private static final int LONGEST_NUMBER = 400;
    private static final int DEEPEST = 100;

    private Json() {}

    /**
     * Parses exactly one JSON value; nothing may follow it.
     *
     * @throws NotJsonException if the text is anything else, or an object has a name twice
     */
    public static @Nullable Object parse(String text) {
        JsonReader in = new JsonReader(new StringReader(text));
        try {
            Object value = value(in, 0);
            if (in.peek() != JsonToken.END_DOCUMENT) {
                throw NotJsonException.at(in, "text follows the value");
            }
            return value;
        } catch (IOException | IllegalStateException e) {
            throw NotJsonException.at(in, "this is not JSON, or it ends too early");
        }
    }

    /** On one line, without blanks. */
    public static String compact(@Nullable Object value) {
        return write(value, "");
    }

    /** On many lines, indented by two blanks, without a line feed at the end. */
    public static String pretty(@Nullable Object value) {
        return write(value, "  ");
    }

    /**
     * On one line, without blanks, with the members of every object in the order of their names' UTF-16 code units: equal
     * values give equal texts, which can be signed.
     */
    public static String canonical(@Nullable Object value) {
        return write(sorted(value), "");
    }

    private static @Nullable Object sorted(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> members = new TreeMap<>();
            map.forEach((name, member) -> members.put((String) name, sorted(member)));
            return members;
        }
        if (value instanceof Iterable<?> elements) {
            List<@Nullable Object> all = new ArrayList<>();
            elements.forEach(element -> all.add(sorted(element)));
            return all;
        }
        return value;
    }

    private static @Nullable Object value(JsonReader in, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw NotJsonException.at(in, "values are nested too deeply");
        }
        return switch (in.peek()) {
            case BEGIN_OBJECT -> object(in, depth);
            case BEGIN_ARRAY -> array(in, depth);
            case STRING -> in.nextString();
            case NUMBER -> number(in);
            case BOOLEAN -> in.nextBoolean();
            case NULL -> {
                in.nextNull();
                yield null;
            }
            case END_OBJECT, END_ARRAY, NAME, END_DOCUMENT -> throw NotJsonException.at(in, "a value is missing");
        };
    }

    private static Map<String, @Nullable Object> object(JsonReader in, int depth) throws IOException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        in.beginObject();
        while (in.hasNext()) {
            String name = in.nextName();
            if (members.containsKey(name)) {
                throw NotJsonException.at(in, "a name occurs twice in one object");
            }
            members.put(name, value(in, depth + 1));
        }
        in.endObject();
        return members;
    }

    private static List<@Nullable Object> array(JsonReader in, int depth) throws IOException {
        List<@Nullable Object> elements = new ArrayList<>();
        in.beginArray();
        while (in.hasNext()) {
            elements.add(value(in, depth + 1));
        }
        in.endArray();
        return elements;
    }

    private static BigDecimal number(JsonReader in) throws IOException {
        String digits = in.nextString();
        if (digits.length() <= LONGEST_NUMBER) {
            try {
                return new BigDecimal(digits);
            } catch (NumberFormatException e) {
                // Its exponent does not fit; told below, without the digits.
            }
        }
        throw NotJsonException.at(in, "a number is out of range");
    }

    private static String write(@Nullable Object value, String indent) {
        StringWriter text = new StringWriter();
        JsonWriter out = new JsonWriter(text);
        out.setIndent(indent);
        try {
            write(value, out);
        } catch (IOException e) {
            throw new UncheckedIOException("a StringWriter does not fail", e);
        }
        return text.toString();
    }

    private static void write(@Nullable Object value, JsonWriter out) throws IOException {
        if (value == null) {
            out.nullValue();
        } else if (value instanceof String string) {
            out.value(string);
        } else if (value instanceof Number number) {
            out.value(number);
        } else if (value instanceof Boolean bool) {
            out.value(bool);
        } else if (value instanceof Map<?, ?> map) {
            out.beginObject();
            for (Map.Entry<?, ?> member : map.entrySet()) {
                out.name((String) member.getKey());
                write(member.getValue(), out);
            }
            out.endObject();
        } else if (value instanceof Iterable<?> elements) {
            out.beginArray();
            for (Object element : elements) {
                write(element, out);
            }
            out.endArray();
        } else {
            throw new IllegalArgumentException(
                    "JSON has no form for %s".formatted(value.getClass().getName()));
        }
    }
}
