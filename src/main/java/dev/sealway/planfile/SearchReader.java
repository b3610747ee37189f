package dev.sealway.planfile;

import dev.sealway.plan.DidYouMean;
import dev.sealway.plan.SearchPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the blind index of one column. */
final class SearchReader {

    private static final List<String> KEYS = List.of("normalizer", "unique", "context", "bits", "accept-leakage");
    /** The bare names of {@code search.Normalizer}, which this room does not see; a test holds them together. */
    static final List<String> NORMALIZERS = List.of(
            "exact", "trim", "lower_ascii", "email", "digits", "e164", "nfkc_lower", "last4", "prefix3", "domain");

    static final List<String> PARTIAL = List.of("last4", "prefix3", "domain");

    private static final String VERSION = "/1";

    private SearchReader() {}

    static SearchPlan read(YamlValue value) {
        YamlMap map = YamlMap.closed(value, KEYS, "{ normalizer: exact }");
        String normalizer = map.required("normalizer", "'exact' compares values as they are")
                .flatMap(SearchReader::normalizer)
                .orElse("exact");
        boolean carry = map.value("unique").map(v -> carries(v, normalizer)).orElse(false);
        Optional<String> context = map.value("context").flatMap(YamlValue::text);
        OptionalInt bits = map.value("bits").map(v -> bits(v, carry)).orElse(OptionalInt.empty());
        Optional<String> leakage = map.value("accept-leakage").flatMap(SearchReader::reason);
        return new SearchPlan(normalizer, carry, context, bits, leakage);
    }

    private static Optional<String> normalizer(YamlValue value) {
        Optional<String> word = value.text();
        if (word.isPresent() && !NORMALIZERS.contains(bare(word.get()))) {
            value.fault("unknown normaliser '%s'; %s".formatted(word.get(), DidYouMean.hint(word.get(), NORMALIZERS)));
            return Optional.empty();
        }
        return word;
    }

    private static boolean carries(YamlValue value, String normalizer) {
        Optional<Boolean> carry = value.oneOf(Map.of("carry", true));
        if (carry.isPresent() && PARTIAL.contains(bare(normalizer))) {
            value.fault("%s keeps a part of the value only, so different values would exclude each other; leave it out"
                    .formatted(normalizer));
        }
        return carry.isPresent();
    }

    private static String bare(String normalizer) {
        return normalizer.endsWith(VERSION)
                ? normalizer.substring(0, normalizer.length() - VERSION.length())
                : normalizer;
    }

    private static OptionalInt bits(YamlValue value, boolean carry) {
        OptionalInt bits = value.wholeNumber(1, SearchPlan.MAX_BITS);
        if (carry && bits.isPresent() && bits.getAsInt() < SearchPlan.MIN_UNIQUE_BITS) {
            value.fault("a token that carries UNIQUE has %d bits at least, or two values that share one by chance "
                            .formatted(SearchPlan.MIN_UNIQUE_BITS)
                    + "would exclude each other; leave bits out");
            return OptionalInt.empty();
        }
        return bits;
    }

    private static Optional<String> reason(YamlValue value) {
        if (value.isEmpty() || value.isBlankText()) {
            value.fault("needs a reason, in words that an auditor can judge");
            return Optional.empty();
        }
        return value.text();
    }
}
