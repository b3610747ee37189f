package dev.sealway.keys;

import java.util.Arrays;

/** A key bundle's bytes on their way from a provider to the code that opens them. Not thread-safe. */
public final class KeyMaterial implements AutoCloseable {

    private final byte[] bytes;
    private final String version;

    private KeyMaterial(byte[] bytes, String version) {
        this.bytes = bytes;
        this.version = version;
    }

    /**
     * Takes ownership of {@code bytes}: they are zeroed when this is closed.
     *
     * @param version the provider's own version of the secret, empty if it has none
     */
    public static KeyMaterial owning(byte[] bytes, String version) {
        return new KeyMaterial(bytes, version);
    }

    /** The material itself, not a copy. Its callers are few, and grepped for. */
    public byte[] revealBytes() {
        return bytes;
    }

    public String version() {
        return version;
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "KeyMaterial[redacted]";
    }
}
