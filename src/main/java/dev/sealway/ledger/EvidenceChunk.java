package dev.sealway.ledger;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * A keyed sum over the values of a column in one stretch of the row key.
 *
 * @param number from 0 in the order of the row key, or {@link #TOTAL}
 * @param first the first row key, empty for the total
 * @param last the last row key, empty for the total
 * @param rows all rows, nulls included
 * @param nulls rows whose value is null
 * @param sum of the rows' keyed hashes, modulo 2^256
 */
public record EvidenceChunk(
        int number, Optional<List<String>> first, Optional<List<String>> last, long rows, long nulls, BigInteger sum) {

    /** The number of the chunk that stands for the whole column. */
    public static final int TOTAL = -1;

    private static final int SUM_BITS = 256;

    public EvidenceChunk {
        first = first.map(List::copyOf);
        last = last.map(List::copyOf);
        if (sum.signum() < 0 || sum.bitLength() > SUM_BITS) {
            throw new IllegalArgumentException("the sum is not reduced modulo 2^256");
        }
    }

    public static EvidenceChunk total(long rows, long nulls, BigInteger sum) {
        return new EvidenceChunk(TOTAL, Optional.empty(), Optional.empty(), rows, nulls, sum);
    }

    /** Without row keys, which may be personal, and without the sum. */
    @Override
    public String toString() {
        return "EvidenceChunk[%d: %d rows, %d nulls]".formatted(number, rows, nulls);
    }
}
