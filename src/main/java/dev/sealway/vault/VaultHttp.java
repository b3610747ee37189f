package dev.sealway.vault;

import dev.sealway.error.SealwayException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;

/**
 * One exchange with Vault, over one shared client: follows a standby's redirect, and tells failures without their cause.
 * Knows nothing of logins and tries nothing twice. Thread-safe.
 */
final class VaultHttp {

    private static final int MOST_REDIRECTS = 3;

    private final VaultSettings settings;
    private final HttpClient client;

    VaultHttp(VaultSettings settings) {
        this.settings = settings;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .sslParameters(TlsTrust.parameters());
        settings.caFile().map(TlsTrust::only).ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    /**
     * @param doing for messages, as {@code encrypting with transit/shop}
     * @param token none for a login
     * @return whatever Vault said, of any status but a redirect
     * @throws VaultUnavailableException if it said nothing
     */
    Reply exchange(String doing, Ask ask, Optional<Token> token) {
        URI target = settings.address().resolve(ask.path());
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpResponse<byte[]> response = send(doing, request(ask, target, token));
            if (response.statusCode() != 307 && response.statusCode() != 308) {
                return new Reply(response.statusCode(), response.body(), retryAfter(response.headers()));
            }
            target = followed(doing, target, response.headers());
        }
        throw unavailable(doing, "sends its requests round in circles", "check its api_addr, then run it again");
    }

    private HttpRequest request(Ask ask, URI target, Optional<Token> token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .method(ask.method(), ask.body())
                .timeout(settings.requestTimeout())
                .header("Content-Type", "application/json")
                .header("X-Vault-Request", "true");
        settings.namespace().ifPresent(namespace -> request.header("X-Vault-Namespace", namespace));
        token.ifPresent(t -> request.header("X-Vault-Token", t.revealText()));
        return request.build();
    }

    private HttpResponse<byte[]> send(String doing, HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (HttpConnectTimeoutException | ConnectException e) {
            throw unavailable(doing, "cannot be reached", "check its address and the network, then run it again");
        } catch (HttpTimeoutException e) {
            throw unavailable(
                    doing,
                    "did not answer within %d s"
                            .formatted(settings.requestTimeout().toSeconds()),
                    "run it again, or give it more time with the environment variable VAULT_CLIENT_TIMEOUT");
        } catch (SSLHandshakeException e) {
            throw new VaultRefusedException(
                    doing,
                    "%s could not prove who it is (TLS)".formatted(settings.place()),
                    "give the certificates of its authority as 'ca-file', and check the address and the clock");
        } catch (IOException e) {
            throw unavailable(doing, "broke the connection off", "run it again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SealwayException.failed(
                    "%s was interrupted; what was written stays, run it again to continue".formatted(doing));
        }
    }

    private URI followed(String doing, URI from, HttpHeaders headers) {
        Optional<URI> target = headers.firstValue("Location").flatMap(location -> resolved(from, location));
        if (target.isEmpty() || !settings.address().allows(target.get())) {
            throw new VaultRefusedException(
                    doing,
                    "%s points to where its token must not be sent".formatted(settings.place()),
                    "check its api_addr: it has to be a URL of https");
        }
        return target.get();
    }

    private static Optional<URI> resolved(URI from, String location) {
        try {
            return Optional.of(from.resolve(location));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** In seconds; its other form, a date, is not Vault's. */
    private static Duration retryAfter(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> Duration.ofSeconds(Integer.parseInt(text)))
                .orElse(Duration.ZERO);
    }

    private VaultUnavailableException unavailable(String doing, String problem, String cure) {
        return new VaultUnavailableException(doing, "%s %s".formatted(settings.place(), problem), cure, Duration.ZERO);
    }
}
