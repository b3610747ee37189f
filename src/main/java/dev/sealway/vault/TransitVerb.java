package dev.sealway.vault;

/** What Transit is asked to do with a batch. */
enum TransitVerb {
    ENCRYPT("encrypt", "encrypting", "ciphertext"),
    DECRYPT("decrypt", "decrypting", "plaintext"),
    REWRAP("rewrap", "rewrapping", "ciphertext");

    private final String path;
    private final String doing;
    private final String result;

    TransitVerb(String path, String doing, String result) {
        this.path = path;
        this.doing = doing;
        this.result = result;
    }

    String path() {
        return path;
    }

    /** For messages: {@code encrypting}. */
    String doing() {
        return doing;
    }

    /** The member of a result that has the value. */
    String result() {
        return result;
    }
}
