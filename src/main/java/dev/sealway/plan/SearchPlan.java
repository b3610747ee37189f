package dev.sealway.plan;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The blind index of a column.
 *
 * @param normalizer a normaliser's id, {@code email/1}, or its bare name, which means the newest version
 * @param carryUnique whether the uniqueness of the plaintext column moves to the search token
 * @param context the token's context where it differs from the column's: equal contexts make tokens comparable
 * @param bits the token's length where the plan fixes it, 1 to 256; otherwise it is derived from the number of rows
 * @param acceptedLeakage why the leakage gate may be passed, in the reviewer's words
 */
public record SearchPlan(
        String normalizer,
        boolean carryUnique,
        Optional<String> context,
        OptionalInt bits,
        Optional<String> acceptedLeakage) {

    /** The whole output of HMAC-SHA256. */
    public static final int MAX_BITS = 256;

    /** Below this two values may share a token by chance, and a UNIQUE token would refuse a legitimate row. */
    public static final int MIN_UNIQUE_BITS = 128;

    public SearchPlan {
        if (bits.isPresent()) {
            int least = carryUnique ? MIN_UNIQUE_BITS : 1;
            if (bits.getAsInt() < least || bits.getAsInt() > MAX_BITS) {
                throw new IllegalArgumentException("a token has %d to %d bits".formatted(least, MAX_BITS));
            }
        }
    }
}
