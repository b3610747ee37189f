package dev.sealway.crypto;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The bytes of a value in clear.
 *
 * <p>Guarantees: never printed, compared in constant time, zeroed by {@link #close}. Does not guarantee: that no other
 * copy exists; the JVM moves objects and the driver has buffers of its own. Not thread-safe.
 */
public final class Plaintext implements AutoCloseable {

    private final byte[] bytes;

    private Plaintext(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes ownership of {@code bytes}: they are zeroed when this is closed. */
    public static Plaintext owning(byte[] bytes) {
        return new Plaintext(bytes);
    }

    /** The value in clear, not a copy. Its callers are few, and grepped for. */
    public byte[] revealBytes() {
        return bytes;
    }

    public int length() {
        return bytes.length;
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Plaintext that && MessageDigest.isEqual(bytes, that.bytes);
    }

    /** The same for all: a hash of the bytes would give them away. */
    @Override
    public int hashCode() {
        return Plaintext.class.hashCode();
    }

    @Override
    public String toString() {
        return "Plaintext[%d bytes]".formatted(bytes.length);
    }
}
