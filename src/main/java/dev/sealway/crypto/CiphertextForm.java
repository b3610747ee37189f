package dev.sealway.crypto;

/** How the ciphertexts of a cipher family lie in a column. */
public enum CiphertextForm {
    /** Binary, in {@code bytea}. */
    BYTES,
    /** The text {@code vault:v<version>:<base64>} of Vault Transit, in a text column; as bytes its ASCII. */
    TRANSIT_TEXT;

    /**
     * What a ciphertext of Transit looks like, as a regular expression of PostgreSQL and of Java: a version, and base64 of
     * at least a nonce (12 bytes) and a tag (16). What looks like it may still be a user's text; only opening it tells.
     */
    public static final String TRANSIT_PATTERN = "^vault:v[1-9][0-9]*:[A-Za-z0-9+/]{36,}={0,2}$";
}
