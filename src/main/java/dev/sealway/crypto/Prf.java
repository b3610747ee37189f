package dev.sealway.crypto;

/**
 * A keyed pseudo-random function (HMAC-SHA256): the same input gives the same output under the same key, and nobody
 * without the key can tell the output from chance. Implementations are thread-safe.
 */
public interface Prf {

    /**
     * @param input any bytes; domains are kept apart by what the caller puts in, see {@link LengthPrefixed}
     * @param length how many bytes are wanted, 1 to 32
     */
    byte[] compute(byte[] input, int length);
}
