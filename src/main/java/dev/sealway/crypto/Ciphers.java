package dev.sealway.crypto;

/** Finds the cipher that a column was registered with. */
public interface Ciphers {

    /** The kind of cipher whose keysets are those of the key bundle. */
    String TINK = "tink";

    /** The kind of cipher whose keys stay in Vault's Transit engine. */
    String VAULT_TRANSIT = "vault-transit";

    /**
     * @param kind {@link #TINK} or {@link #VAULT_TRANSIT}
     * @param keyset a keyset of the bundle; of Transit {@code <mount>/<key>}
     * @throws dev.sealway.error.SealwayException if there is none
     */
    FieldCipher of(String kind, String keyset);

    /** Lets go of what is remembered of keys, so that whoever asks next gets what seals now. */
    default void forget() {}
}
