package dev.sealway.vault;

import dev.sealway.json.Json;
import dev.sealway.json.NotJsonException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What Vault answered. The body may hold secrets and people's data: it is looked at, and never told. */
final class Reply {

    private final int status;
    private final byte[] body;
    private final Duration retryAfter;

    Reply(int status, byte[] body, Duration retryAfter) {
        this.status = status;
        this.body = body;
        this.retryAfter = retryAfter;
    }

    int status() {
        return status;
    }

    boolean isDone() {
        return status == 200 || status == 204;
    }

    /** How long Vault asked to be left alone; zero if it did not. */
    Duration retryAfter() {
        return retryAfter;
    }

    String revealText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Whether the body has {@code words} in it, by which some answers of one status are told apart. */
    boolean mentions(String words) {
        return revealText().contains(words);
    }

    /** The member {@code data}; empty if the body is no whole JSON object, or has none. */
    Optional<Map<?, ?>> data() {
        try {
            return Json.parse(revealText()) instanceof Map<?, ?> all && all.get("data") instanceof Map<?, ?> data
                    ? Optional.of(data)
                    : Optional.empty();
        } catch (NotJsonException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "Reply[%d, %d bytes]".formatted(status, body.length);
    }
}
