package dev.sealway.crypto;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * A sum of 256-bit numbers modulo 2^256: an additive multiset hash. Order does not matter; a row that is missing, twice
 * there or different changes it. Keyed by what is added. Not thread-safe.
 */
public final class MultisetHash {

    private final long[] words = new long[4];

    /** @param number 32 bytes, big-endian */
    public void add(byte[] number) {
        ByteBuffer bytes = ByteBuffer.wrap(number);
        long carry = 0;
        for (int w = 3; w >= 0; w--) {
            long addend = bytes.getLong(8 * w);
            long sum = words[w] + addend;
            long overflow = Long.compareUnsigned(sum, addend) < 0 ? 1 : 0;
            words[w] = sum + carry;
            carry = overflow + (carry == 1 && words[w] == 0 ? 1 : 0);
        }
    }

    public BigInteger sum() {
        ByteBuffer bytes = ByteBuffer.allocate(32);
        for (long word : words) {
            bytes.putLong(word);
        }
        return new BigInteger(1, bytes.array());
    }
}
