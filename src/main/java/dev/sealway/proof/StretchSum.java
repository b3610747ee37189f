package dev.sealway.proof;

import java.math.BigInteger;

/**
 * What the ciphertexts of one stretch of a table hold now.
 *
 * @param rows all of them, nulls included
 * @param nulls rows without a value
 * @param failed rows whose ciphertext does not open; they are not in the sum
 */
public record StretchSum(long rows, long nulls, long failed, BigInteger sum) {

    /** Without the sum. */
    @Override
    public String toString() {
        return "StretchSum[%d rows, %d nulls, %d failed]".formatted(rows, nulls, failed);
    }
}
