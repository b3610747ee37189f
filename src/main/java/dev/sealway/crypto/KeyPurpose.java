package dev.sealway.crypto;

/** What the keys of a keyset are for; one keyset never serves two purposes. */
public enum KeyPurpose {
    AEAD("aead"),
    PRF("prf"),
    MAC("mac"),
    STREAMING_AEAD("streaming-aead");

    private final String id;

    KeyPurpose(String id) {
        this.id = id;
    }

    /** As it is written in the key bundle. */
    public String id() {
        return id;
    }
}
