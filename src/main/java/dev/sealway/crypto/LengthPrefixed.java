package dev.sealway.crypto;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * An injective concatenation: every part is preceded by its length as four bytes, big-endian.
 *
 * <p>No two different lists of parts give the same bytes, which no separator can promise: names and row keys may contain
 * any character.
 */
public final class LengthPrefixed {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(64);

    private LengthPrefixed() {}

    public static LengthPrefixed of(String... parts) {
        LengthPrefixed all = new LengthPrefixed();
        for (String part : parts) {
            all.and(part);
        }
        return all;
    }

    public LengthPrefixed and(String part) {
        return and(part.getBytes(StandardCharsets.UTF_8));
    }

    public LengthPrefixed and(byte[] part) {
        out.writeBytes(ByteBuffer.allocate(4).putInt(part.length).array());
        out.writeBytes(part);
        return this;
    }

    public byte[] toByteArray() {
        return out.toByteArray();
    }
}
