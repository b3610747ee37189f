package dev.sealway.search;

import dev.sealway.crypto.Plaintext;
import dev.sealway.crypto.Prf;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A keyed hash of a normalised value, by which equal values are found; never printed.
 *
 * <p>Format: the leading bits of {@code PRF(LP("sealway/token/v1", context, index name, normaliser id, normalised value))},
 * LP as in {@link dev.sealway.crypto.LengthPrefixed}; unused low bits of the last byte are zero. A truncated token finds
 * candidates only: decrypt them and compare. Immutable.
 */
public final class SearchToken {

    private final byte[] bytes;

    private SearchToken(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * @param value in UTF-8, without padding; left as it is
     * @throws UnnormalizableValueException if the index's normaliser cannot take the value
     */
    public static SearchToken of(Prf prf, BlindIndex index, Plaintext value) {
        try (Plaintext normalized = index.normalizer().normalize(value)) {
            byte[] input = input(index.domain(), normalized.revealBytes());
            try {
                return new SearchToken(truncate(prf.compute(input, index.length()), index.bits()));
            } finally {
                Arrays.fill(input, (byte) 0);
            }
        }
    }

    /** The last part of the length-prefixed list, appended without a buffer that could not be zeroed. */
    private static byte[] input(byte[] domain, byte[] normalized) {
        return ByteBuffer.allocate(domain.length + 4 + normalized.length)
                .put(domain)
                .putInt(normalized.length)
                .put(normalized)
                .array();
    }

    private static byte[] truncate(byte[] hash, int bits) {
        int unused = hash.length * 8 - bits;
        hash[hash.length - 1] &= (byte) (0xFF << unused);
        return hash;
    }

    /** As it is stored in the database; callers do not change them. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SearchToken that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "SearchToken[%d bytes]".formatted(bytes.length);
    }
}
