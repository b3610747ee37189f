package dev.sealway.testing.vault;

import dev.sealway.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Speaks Vault's HTTP plainly, as the tests' own witness beside the client that is tested. */
public final class Administrator {

    /** @param json an empty map if the body is none */
    public record Said(int status, Map<?, ?> json) {

        public Map<?, ?> data() {
            return json.get("data") instanceof Map<?, ?> data ? data : Map.of();
        }

        public Map<?, ?> auth() {
            return json.get("auth") instanceof Map<?, ?> auth ? auth : Map.of();
        }

        public List<?> batch() {
            return data().get("batch_results") instanceof List<?> results ? results : List.of();
        }

        public List<?> errors() {
            return json.get("errors") instanceof List<?> errors ? errors : List.of();
        }
    }

    private final HttpClient client = HttpClient.newHttpClient();
    private final String address;
    private final String token;

    public Administrator(String address, String token) {
        this.address = address;
        this.token = token;
    }

    public Administrator(FakeVault vault) {
        this(vault.address(), vault.rootToken());
    }

    public Administrator as(String otherToken) {
        return new Administrator(address, otherToken);
    }

    public Said get(String path) {
        return say("GET", path, null);
    }

    public Said post(String path, Map<String, ?> body) {
        return say("POST", path, body);
    }

    public Said delete(String path) {
        return say("DELETE", path, null);
    }

    /** A token with a policy of its own. */
    public String tokenFor(String policyName, String hcl) {
        post("sys/policies/acl/" + policyName, Map.of("policy", hcl));
        return (String) post("auth/token/create", Map.of("policies", List.of(policyName), "ttl", "1h"))
                .auth()
                .get("client_token");
    }

    private Said say(String method, String path, @Nullable Map<String, ?> body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("%s/v1/%s".formatted(address, path)))
                .header("X-Vault-Token", token)
                .method(
                        method,
                        body == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(Json.compact(body), StandardCharsets.UTF_8))
                .build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
            boolean json = response.body().startsWith("{");
            return new Said(response.statusCode(), json ? (Map<?, ?>) Json.parse(response.body()) : Map.of());
        } catch (IOException e) {
            throw new AssertionError("%s %s got no answer".formatted(method, path), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
