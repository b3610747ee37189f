package dev.sealway.crypto;

/**
 * Seals and opens single values under one data keyset.
 *
 * <p>Guarantees: what {@link #open} returns was sealed by a holder of the keyset under the same associated data. Does
 * not guarantee: freshness (an older ciphertext of the same place opens too), nor that lengths stay hidden.
 * Implementations are thread-safe.
 */
public interface FieldCipher {

    /** A fresh ciphertext on every call; the plaintext is left as it is. */
    byte[] seal(Plaintext plaintext, AssociatedData associatedData);

    /** @throws OpenFailedException if the ciphertext is not one of ours, was altered, or belongs elsewhere */
    Plaintext open(byte[] ciphertext, AssociatedData associatedData);
}
