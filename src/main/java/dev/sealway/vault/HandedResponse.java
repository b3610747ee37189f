package dev.sealway.vault;

import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Flow.Subscription;
import javax.net.ssl.SSLSession;

/** A reply of ours in the clothes of an HTTP response, for the driver. */
final class HandedResponse<T> implements HttpResponse<T> {

    private static final HttpHeaders JSON =
            HttpHeaders.of(Map.of("Content-Type", List.of("application/json")), (name, value) -> true);
    private static final Subscription ALL_AT_ONCE = new Subscription() {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    };

    private final HttpRequest request;
    private final int status;
    private final T body;

    private HandedResponse(HttpRequest request, int status, T body) {
        this.request = request;
        this.status = status;
        this.body = body;
    }

    static <T> HandedResponse<T> of(HttpRequest request, Reply reply, BodyHandler<T> handler) {
        BodySubscriber<T> subscriber = handler.apply(new Head(reply.status()));
        subscriber.onSubscribe(ALL_AT_ONCE);
        subscriber.onNext(List.of(ByteBuffer.wrap(ascii(reply.revealText()))));
        subscriber.onComplete();
        return new HandedResponse<>(
                request,
                reply.status(),
                subscriber.getBody().toCompletableFuture().join());
    }

    /**
     * The driver turns a body into bytes in the JVM's default charset, where a value outside of it becomes {@code ?}.
     * Beyond ASCII JSON has text only, and text may be escaped.
     */
    static byte[] ascii(String json) {
        StringBuilder escaped = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c < 0x80) {
                escaped.append(c);
            } else {
                escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return escaped.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private record Head(int statusCode) implements ResponseInfo {

        @Override
        public HttpHeaders headers() {
            return JSON;
        }

        @Override
        public Version version() {
            return Version.HTTP_1_1;
        }
    }

    @Override
    public int statusCode() {
        return status;
    }

    @Override
    public HttpRequest request() {
        return request;
    }

    @Override
    public Optional<HttpResponse<T>> previousResponse() {
        return Optional.empty();
    }

    @Override
    public HttpHeaders headers() {
        return JSON;
    }

    @Override
    public T body() {
        return body;
    }

    @Override
    public Optional<SSLSession> sslSession() {
        return Optional.empty();
    }

    @Override
    public URI uri() {
        return request.uri();
    }

    @Override
    public Version version() {
        return Version.HTTP_1_1;
    }
}
