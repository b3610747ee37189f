package dev.sealway.crypto;

import dev.sealway.error.SealwayException;

/** A ciphertext that did not open; says why, as far as that can be told without the plaintext. */
public final class OpenFailedException extends SealwayException {

    private static final long serialVersionUID = 1L;

    /** The reasons that can be told apart. */
    public enum Reason {
        /** The first five bytes are not those of a ciphertext. */
        NOT_A_CIPHERTEXT,
        /** The ciphertext names a key that the bundle does not hold. */
        UNKNOWN_KEY,
        /** The ciphertext names a key that the bundle holds and may not use. */
        DISABLED_KEY,
        /** The key is known: the bytes were altered, or the ciphertext belongs to another column or row. */
        AUTHENTICATION_FAILED,
        /** It opened, but its padding is not what the encoding says. */
        BAD_PADDING
    }

    private final Reason reason;

    private OpenFailedException(Reason reason, String message) {
        super(Outcome.FAILED, message);
        this.reason = reason;
    }

    public static OpenFailedException notACiphertext(int length) {
        return new OpenFailedException(
                Reason.NOT_A_CIPHERTEXT, "%d bytes do not have the form of a ciphertext".formatted(length));
    }

    /** @param keyId the id in the ciphertext's prefix, as an unsigned 32-bit number */
    public static OpenFailedException unknownKey(long keyId) {
        return new OpenFailedException(
                Reason.UNKNOWN_KEY,
                "the ciphertext was made with key %d, which the key bundle does not hold; use the bundle that has it"
                        .formatted(keyId));
    }

    /** @param key a key whose versions are numbered, {@code transit/shop} */
    public static OpenFailedException unknownVersion(String key, long version) {
        return new OpenFailedException(
                Reason.UNKNOWN_KEY,
                "the ciphertext was made with version %d of key %s, which is newer than the key's newest or older than its min_decryption_version; use the Vault that has it, or lower min_decryption_version"
                        .formatted(version, key));
    }

    public static OpenFailedException disabledKey(long keyId) {
        return new OpenFailedException(
                Reason.DISABLED_KEY,
                "the ciphertext was made with key %d, which is disabled in the key bundle; let it open again with 'sealway keys enable', and re-encrypt"
                        .formatted(keyId));
    }

    public static OpenFailedException authenticationFailed(long keyId) {
        return new OpenFailedException(
                Reason.AUTHENTICATION_FAILED,
                ("the ciphertext of key %d does not authenticate: it was altered, or it belongs to another column or row")
                        .formatted(keyId));
    }

    public static OpenFailedException badPadding() {
        return new OpenFailedException(Reason.BAD_PADDING, "the opened value is not padded as its encoding says");
    }

    public Reason reason() {
        return reason;
    }
}
