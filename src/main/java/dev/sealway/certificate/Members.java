package dev.sealway.certificate;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The members of a JSON object in the making. Not thread-safe. */
final class Members {

    private final Map<String, @Nullable Object> all = new LinkedHashMap<>();

    Members and(String name, @Nullable Object value) {
        all.put(name, value);
        return this;
    }

    /** As ISO 8601 in UTC. */
    Members and(String name, Instant time) {
        return and(name, time.toString());
    }

    <T> Members and(String name, Optional<T> value, Function<T, @Nullable Object> form) {
        return and(name, value.map(form).orElse(null));
    }

    <T> Members and(String name, List<T> values, Function<T, Map<String, @Nullable Object>> form) {
        return and(name, values.stream().map(form).toList());
    }

    Map<String, @Nullable Object> toMap() {
        return all;
    }
}
