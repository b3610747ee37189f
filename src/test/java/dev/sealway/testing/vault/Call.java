package dev.sealway.testing.vault;

import dev.sealway.json.Json;
import dev.sealway.json.NotJsonException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as the fake sees it.
 *
 * @param path without {@code /v1/} and without its query
 */
record Call(String method, String path, String query, String token, byte[] body) {

    boolean reads() {
        return method.equals("GET");
    }

    boolean writes() {
        return method.equals("POST") || method.equals("PUT");
    }

    /** Empty if there is no body, or it is no object. */
    Map<?, ?> json() {
        try {
            return body.length > 0 && Json.parse(new String(body, StandardCharsets.UTF_8)) instanceof Map<?, ?> map
                    ? map
                    : Map.of();
        } catch (NotJsonException e) {
            return Map.of();
        }
    }

    String text(String name) {
        return json().get(name) instanceof String text ? text : "";
    }

    @Nullable Number number(String name) {
        return json().get(name) instanceof Number number ? number : null;
    }

    boolean is(String name) {
        return Boolean.TRUE.equals(json().get(name));
    }

    List<?> list(String name) {
        return json().get(name) instanceof List<?> list ? list : List.of();
    }

    /** The rest of the path behind {@code prefix}; empty text if it does not begin with it. */
    String behind(String prefix) {
        return path.startsWith(prefix) ? path.substring(prefix.length()) : "";
    }
}
