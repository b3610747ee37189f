package dev.sealway.crypto;

/**
 * A key encryption key (KEK) of envelope encryption: it encrypts keysets and never leaves the service that holds it.
 *
 * <p>Guarantees: what {@link #unwrap} returns was wrapped under the same key and associated data. Does not guarantee:
 * that the service answers. Implementations are thread-safe.
 */
public interface KeyEncryptionKey {

    /** Which key of which service, for messages and for the head of what it wrapped: {@code aws-kms alias/shop}. */
    String id();

    /** @throws dev.sealway.error.SealwayException if the service does not answer, or refuses; quotes nothing of either */
    byte[] wrap(byte[] material, byte[] associatedData);

    /**
     * @throws dev.sealway.error.SealwayException if the service does not answer, or refuses, or {@code wrapped} was made by
     *     another key or for another place
     */
    byte[] unwrap(byte[] wrapped, byte[] associatedData);
}
