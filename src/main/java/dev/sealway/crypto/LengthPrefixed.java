package dev.sealway.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An injective concatenation: every part is preceded by its length as four bytes, big-endian.
 *
 * <p>No two different lists of parts give the same bytes, which no separator can promise: names and row keys may contain
 * any character.
 */
public final class LengthPrefixed {

    private byte[] bytes = new byte[128];
    private int length;

    private LengthPrefixed() {}

    public static LengthPrefixed of(String... parts) {
        LengthPrefixed all = new LengthPrefixed();
        for (String part : parts) {
            all.and(part);
        }
        return all;
    }

    /** @param all of {@link #toByteArray}, to be gone on with; left as it is */
    public static LengthPrefixed startingWith(byte[] all) {
        LengthPrefixed more = new LengthPrefixed();
        more.grow(all.length);
        System.arraycopy(all, 0, more.bytes, 0, all.length);
        more.length = all.length;
        return more;
    }

    public LengthPrefixed and(String part) {
        return and(part.getBytes(StandardCharsets.UTF_8));
    }

    public LengthPrefixed and(byte[] part) {
        grow(4 + part.length);
        ByteBuffer.wrap(bytes, length, bytes.length - length)
                .putInt(part.length)
                .put(part);
        length += 4 + part.length;
        return this;
    }

    private void grow(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length + more);
        }
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }
}
