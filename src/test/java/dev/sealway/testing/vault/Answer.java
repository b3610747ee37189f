package dev.sealway.testing.vault;

import dev.sealway.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A response of the fake: a status, headers, and the bytes of a body. */
public record Answer(int status, Map<String, String> headers, byte[] body) {

    static Answer json(int status, Map<String, ? extends @Nullable Object> body) {
        return new Answer(
                status,
                Map.of("Content-Type", "application/json", "Cache-Control", "no-store"),
                Json.compact(body).getBytes(StandardCharsets.UTF_8));
    }

    static Answer none() {
        return new Answer(204, Map.of("Cache-Control", "no-store"), new byte[0]);
    }

    /** The full envelope around {@code data}. */
    static Answer data(int status, @Nullable Object data) {
        return json(status, envelope(data, null));
    }

    static Answer auth(Map<String, ? extends @Nullable Object> auth) {
        return json(200, envelope(null, auth));
    }

    private static Map<String, @Nullable Object> envelope(@Nullable Object data, @Nullable Object auth) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("request_id", "00000000-0000-0000-0000-000000000000");
        all.put("lease_id", "");
        all.put("renewable", false);
        all.put("lease_duration", 0);
        all.put("data", data);
        all.put("wrap_info", null);
        all.put("warnings", null);
        all.put("auth", auth);
        return all;
    }

    static Answer error(int status, String... messages) {
        return json(status, Map.of("errors", List.of(messages)));
    }

    static Answer missing() {
        return error(404);
    }

    static Answer denied() {
        return error(403, "permission denied");
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @SuppressWarnings("unchecked") // it is an object as this class wrote it
    Map<String, @Nullable Object> object() {
        return (Map<String, @Nullable Object>) Json.parse(text());
    }
}
