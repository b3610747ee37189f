package dev.sealway.testing.vault;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Spoils an answer on its way; no answer at all breaks the connection. */
@FunctionalInterface
public interface Meddling {

    /** @param real carries the request out when it is asked */
    Optional<Answer> answer(Supplier<Answer> real);

    /** Nothing is carried out. */
    static Meddling status(int status, String body) {
        return real -> Optional.of(
                new Answer(status, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8)));
    }

    static Meddling throttled(int retryAfterSeconds) {
        Answer refused = Answer.error(429, "request path \"x\": rate limit quota exceeded");
        return real -> Optional.of(
                new Answer(429, Map.of("Retry-After", Integer.toString(retryAfterSeconds)), refused.body()));
    }

    /** Carried out, and then not told. */
    static Meddling reset() {
        return real -> Optional.of(real.get()).filter(carriedOut -> false);
    }

    static Meddling truncated() {
        return real -> {
            Answer whole = real.get();
            return Optional.of(
                    new Answer(whole.status(), whole.headers(), Arrays.copyOf(whole.body(), whole.body().length / 2)));
        };
    }

    /** The results of a batch in another order than that of its items. */
    static Meddling shuffled() {
        return results(list -> Collections.rotate(list, 1 + new Random(7).nextInt(Math.max(1, list.size() - 1))));
    }

    /** The last result of a batch is missing. */
    static Meddling shortened() {
        return results(list -> list.remove(list.size() - 1));
    }

    /** One item of a batch is refused, which Vault tells as 400 with the results of all. */
    static Meddling refused(int item) {
        return real -> {
            Answer told = results(list -> refuse(list, item)).answer(real).orElseThrow();
            return Optional.of(new Answer(400, told.headers(), told.body()));
        };
    }

    @SuppressWarnings("unchecked") // a list of JSON objects, as it was just parsed
    private static void refuse(List<?> results, int item) {
        Object reference = ((Map<String, Object>) results.get(item)).getOrDefault("reference", "");
        ((List<Object>) results).set(item, Map.of("error", "CNRY-item", "reference", reference));
    }

    private static Meddling results(Consumer<List<?>> change) {
        return real -> {
            Answer whole = real.get();
            Map<String, ?> all = whole.object();
            if (all.get("data") instanceof Map<?, ?> data && data.get("batch_results") instanceof List<?> results) {
                change.accept(results);
            }
            return Optional.of(Answer.json(whole.status(), all));
        };
    }
}
