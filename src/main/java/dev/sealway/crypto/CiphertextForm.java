package dev.sealway.crypto;

/** How the ciphertexts of a cipher family lie in a column. */
public enum CiphertextForm {
    /** Binary, in {@code bytea}. */
    BYTES,
    /** The text {@code vault:v<version>:<base64>} of Vault Transit, in a text column; as bytes its ASCII. */
    TRANSIT_TEXT
}
