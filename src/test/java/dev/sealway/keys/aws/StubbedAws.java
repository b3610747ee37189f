package dev.sealway.keys.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;

/**
 * Gives the answers that it was told to give, one after the other, the last one for good: what AWS says, from its
 * documentation, where the emulators say something else.
 */
final class StubbedAws implements AutoCloseable {

    private record Answer(int status, String type, String body) {}

    private final HttpServer server;
    private final Queue<Answer> answers = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    StubbedAws() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    StubbedAws says(int status, String json) {
        return says(status, "application/x-amz-json-1.1", json);
    }

    StubbedAws says(int status, String type, String body) {
        answers.add(new Answer(status, type, body));
        return this;
    }

    /** An error as AWS's JSON protocol has it; its text quotes what no message of ours may. */
    StubbedAws fails(int status, String code) {
        return says(status, "{\"__type\":\"%s\",\"message\":\"CANARY of AWS\",\"Message\":\"CANARY\"}".formatted(code));
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        asked.add(exchange.getRequestHeaders().getFirst("X-Amz-Target").replaceAll(".*\\.", ""));
        Answer answer = answers.size() > 1 ? answers.remove() : answers.peek();
        if (answer == null) {
            awaitTheEnd();
            return;
        }
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Without an answer: the other side has to give up. */
    private void awaitTheEnd() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The operations that were asked for. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    Map<String, String> settings() {
        return Map.of(
                "region",
                "eu-central-1",
                "endpoint",
                "http://127.0.0.1:%d".formatted(server.getAddress().getPort()));
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
