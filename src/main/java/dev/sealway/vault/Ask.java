package dev.sealway.vault;

import dev.sealway.json.Json;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A request to Vault.
 *
 * @param path from {@code /v1/} on, with its query
 * @param body can be sent again
 */
record Ask(String method, String path, BodyPublisher body) {

    static Ask read(String path) {
        return new Ask("GET", "/v1/" + path, BodyPublishers.noBody());
    }

    static Ask write(String path, Map<String, ?> body) {
        byte[] json = Json.compact(body).getBytes(StandardCharsets.UTF_8);
        return new Ask("POST", "/v1/" + path, BodyPublishers.ofByteArray(json));
    }

    @Override
    public String toString() {
        return "%s %s".formatted(method, path);
    }
}
