package dev.sealway.chaos;

/** How an application writes. */
enum Style {
    /** Knows nothing of encryption. */
    OLD,
    /** Writes plaintext, ciphertext and token together. */
    DUAL,
    /** Writes ciphertext and token alone. */
    NEW;

    boolean writesPlaintext() {
        return this != NEW;
    }

    boolean writesCiphertext() {
        return this != OLD;
    }
}
