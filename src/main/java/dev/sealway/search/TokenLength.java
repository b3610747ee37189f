package dev.sealway.search;

import java.util.List;

/**
 * How many bits of a search token to keep: few enough that a token is shared by several values, many enough that a look-up
 * does not drown in false positives.
 *
 * <p>With R rows and indexes of L bits over a value of at most K bits of entropy, C = R / 2^Σmin(L,K) rows share their
 * tokens by chance. The least length is the first with C ≤ √R, the greatest the first with C ≤ 2, or with the least C that
 * can be had if that is more. The rule is CipherSweet's planner's.
 *
 * @param min the least number of bits
 * @param max the greatest number of bits, at least {@code min}
 */
public record TokenLength(int min, int max) {

    /** So long that no two values meet: for those that identify a row, where a chance collision would refuse a lawful insert. */
    public static final int UNIQUE_BITS = 128;

    /** The whole output of HMAC-SHA256. */
    static final int MOST_BITS = 256;

    private static final double FEWEST_SHARED = 2;

    public TokenLength {
        if (min < 1 || max < min || max > MOST_BITS) {
            throw new IllegalArgumentException("a search token of %d to %d bits cannot be had".formatted(min, max));
        }
    }

    /**
     * Another index on the same value.
     *
     * @param bits its token's length
     * @param entropy the value's own bound in bits, {@link #UNBOUNDED} if none is known
     */
    public record Existing(int bits, int entropy) {

        /** The entropy of a value of which nothing is known. */
        public static final int UNBOUNDED = Integer.MAX_VALUE;

        private int effective() {
            return Math.min(bits, entropy);
        }
    }

    /** @param rows how many rows the table is expected to reach, at least 1 */
    public static TokenLength forRows(long rows) {
        return forRows(rows, Existing.UNBOUNDED, List.of());
    }

    /**
     * @param rows how many rows the table is expected to reach, at least 1
     * @param entropy the new index's bound in bits, {@link Existing#UNBOUNDED} if none is known
     * @param existing all other indexes on the same value
     */
    public static TokenLength forRows(long rows, int entropy, List<Existing> existing) {
        if (rows < 1) {
            throw new IllegalArgumentException("no token length can be planned for %d rows".formatted(rows));
        }
        int taken = existing.stream().mapToInt(Existing::effective).sum();
        double leastShared = shared(rows, taken, MOST_BITS, entropy);
        int max = firstAtMost(Math.max(FEWEST_SHARED, leastShared), rows, taken, entropy);
        int min = firstAtMost(Math.sqrt(rows), rows, taken, entropy);
        boolean lawful = min <= max && shared(rows, taken, min, entropy) >= FEWEST_SHARED;
        return new TokenLength(lawful ? min : 1, max);
    }

    private static int firstAtMost(double limit, long rows, int taken, int entropy) {
        for (int bits = 1; bits < MOST_BITS; bits++) {
            if (shared(rows, taken, bits, entropy) <= limit) {
                return bits;
            }
        }
        return MOST_BITS;
    }

    private static double shared(long rows, int taken, int bits, int entropy) {
        return rows / Math.pow(2, (double) taken + Math.min(bits, entropy));
    }

    /** The length that is used unless the plan fixes one: the greatest, hence the fewest false positives. */
    public int recommended() {
        return max;
    }
}
