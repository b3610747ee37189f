package dev.sealway.json;

import dev.sealway.plan.TableName;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reports as values that JSON has a form for: a record is an object whose names are its components' in snake case, a
 * table's name one string, a choice its word in lower case, a duration seconds, and what is absent is null.
 */
public final class RecordJson {
    private static final Pattern HUMP = Pattern.compile("([a-z0-9])([A-Z])");

    private RecordJson() {}

    /** @throws IllegalArgumentException if some component has a type that no report should have */
    public static @Nullable Object of(@Nullable Object value) {
        if (value == null || value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (value instanceof TableName || value instanceof Character) {
            return value.toString();
        }
        if (value instanceof Optional<?> optional) {
            return of(optional.orElse(null));
        }
        if (value instanceof Duration duration) {
            return duration.toMillis() / 1000.0;
        }
        if (value instanceof Enum<?> choice) {
            return choice.name().toLowerCase(Locale.ROOT);
        }
        if (value instanceof Collection<?> elements) {
            return elements.stream().map(RecordJson::of).toList();
        }
        if (value instanceof Record record) {
            return members(record);
        }
        throw new IllegalArgumentException("a report has a %s, which has no form in JSON"
                .formatted(value.getClass().getName()));
    }

    private static Map<String, @Nullable Object> members(Record report) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (RecordComponent component : report.getClass().getRecordComponents()) {
            members.put(
                    HUMP.matcher(component.getName()).replaceAll("$1_$2").toLowerCase(Locale.ROOT),
                    of(value(report, component)));
        }
        return members;
    }

    private static @Nullable Object value(Record report, RecordComponent component) {
        try {
            return component.getAccessor().invoke(report);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("%s of a report cannot be read".formatted(component.getName()), e);
        }
    }
}
