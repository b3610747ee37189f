package dev.sealway.crypto;

import java.util.List;

/**
 * How a keyset whose keys are not in the key bundle proves that it is the one of this database: what it once made, it
 * knows again. Thread-safe.
 */
public interface Canary {

    /** As columns are registered with it: {@code transit/shop}. */
    String keyset();

    /** The kind of cipher it belongs to, which is none of {@link KeyPurpose}: {@link Ciphers#VAULT_TRANSIT}. */
    String purpose();

    /** Tells keysets of one name apart as far as can be told without their keys. */
    String fingerprint();

    /** The id of the key that seals. */
    long primaryKeyId();

    /** The ids of the keys that may open, the oldest first. */
    List<Long> keyIds();

    /** A proof of possession, fresh on every call. */
    byte[] make();

    /**
     * Whether {@code canary} was made by this keyset, by any of its keys.
     *
     * @throws dev.sealway.error.SealwayException if that cannot be told because the keys are out of reach
     */
    boolean accepts(byte[] canary);
}
