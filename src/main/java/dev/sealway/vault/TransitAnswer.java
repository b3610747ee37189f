package dev.sealway.vault;

import dev.sealway.vault.TransitResult.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the answer to a batch. Results count whatever the status: a batch with one bad item is answered with 400 or 500,
 * and the results of the others.
 */
final class TransitAnswer {

    private final TransitVerb verb;
    private final int asked;

    TransitAnswer(TransitVerb verb, int asked) {
        this.verb = verb;
        this.asked = asked;
    }

    /** Whether Vault did not look at the items because the request is larger than it takes. */
    static boolean isTooLarge(Reply reply) {
        return reply.status() == 413
                || (reply.status() >= 400
                        && (reply.mentions("exceeds allowed length")
                                || reply.mentions("high complexity")
                                || reply.mentions("request body too large")));
    }

    /** The results that the reply has, of whatever number; empty if it has none. */
    static Optional<List<?>> results(Reply reply) {
        boolean may = reply.status() == 200 || reply.status() == 400 || reply.status() == 500;
        return may
                ? reply.data()
                        .flatMap(data -> data.get("batch_results") instanceof List<?> results
                                ? Optional.of(results)
                                : Optional.empty())
                : Optional.empty();
    }

    /** One result for each item, in their order; empty if the answer does not fit the question, and none can be used. */
    Optional<List<TransitResult>> fitting(List<?> results) {
        if (results.size() != asked) {
            return Optional.empty();
        }
        List<TransitResult> fitting = new ArrayList<>(asked);
        for (int i = 0; i < asked; i++) {
            Optional<TransitResult> one =
                    results.get(i) instanceof Map<?, ?> map && isOf(i, map) ? read(map) : Optional.empty();
            if (one.isEmpty()) {
                return Optional.empty();
            }
            fitting.add(one.get());
        }
        return Optional.of(fitting);
    }

    /** Servers older than references send none; they keep the order. */
    private static boolean isOf(int ordinal, Map<?, ?> result) {
        Object reference = result.get("reference");
        return reference == null || reference.equals("") || reference.equals(Integer.toString(ordinal));
    }

    /** A failed item may have an empty plaintext beside its error, and an empty plaintext may be right. */
    private Optional<TransitResult> read(Map<?, ?> result) {
        if (result.get("error") instanceof String error && !error.isEmpty()) {
            return Optional.of(new TransitResult.Failed(Reason.of(error)));
        }
        return result.get(verb.result()) instanceof String text ? decoded(text) : Optional.empty();
    }

    private Optional<TransitResult> decoded(String text) {
        try {
            return Optional.of(new TransitResult.Done(
                    verb == TransitVerb.DECRYPT
                            ? Base64.getDecoder().decode(text)
                            : text.getBytes(StandardCharsets.US_ASCII)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
