package dev.sealway.crypto;

import dev.sealway.error.SealwayException;
import java.util.List;

/**
 * An opened key bundle: keysets by name, one per purpose. Gives no way to get at key material. Implementations are
 * thread-safe, and their {@code toString} names key ids only.
 */
public interface KeyBundle {

    /** The keyset whose tags show that what people keep was not altered. */
    String AUDIT_KEYSET = "audit/default";

    /** The keyset that seals exports. */
    String BACKUP_KEYSET = "backup/default";

    /** The keyset that makes evidence. */
    String EVIDENCE_KEYSET = "evidence/default";

    /** The keyset that makes search tokens. */
    String TOKEN_KEYSET = "token/default";

    String id();

    /** SHA-256 over the bundle's bytes as they are stored, in lower-case hex: tells bundles apart, says nothing of keys. */
    String fingerprint();

    /** In the order of the bundle. */
    List<KeysetInfo> keysets();

    boolean has(String keyset, KeyPurpose purpose);

    /** @throws dev.sealway.error.SealwayException if the bundle has no such data keyset */
    FieldCipher cipher(String keyset);

    /** @throws dev.sealway.error.SealwayException if the bundle has no such PRF keyset */
    Prf prf(String keyset);

    /**
     * A key that need not be the primary any more, to compute again what it once computed.
     *
     * @throws dev.sealway.error.SealwayException if the bundle has no such PRF keyset, or it no such key
     */
    Prf prf(String keyset, long keyId);

    /** @throws dev.sealway.error.SealwayException if the bundle has no such MAC keyset */
    Mac mac(String keyset);

    /** @throws dev.sealway.error.SealwayException if the bundle has no such keyset for streams */
    StreamCipher streams(String keyset);

    /**
     * What may be told of a keyset.
     *
     * @throws dev.sealway.error.SealwayException if the bundle has no such keyset
     */
    default KeysetInfo keyset(String name) {
        return keysets().stream()
                .filter(k -> k.name().equals(name))
                .findFirst()
                .orElseThrow(() -> SealwayException.refused("key bundle %s has no keyset %s".formatted(id(), name)));
    }

    /**
     * A proof of possession that is stored beside the data, so that the wrong bundle is noticed before the first write.
     * For an AEAD keyset of either kind the encryption of {@code "sealway-canary"} under the associated data
     * {@code LP("sealway/canary/v1", keyset)}, for a PRF keyset the first 16 bytes of its output over the same, for a MAC
     * keyset the tag of the same.
     *
     * @throws dev.sealway.error.SealwayException if the bundle has no such keyset
     */
    byte[] canary(String keyset);

    /** Whether {@code canary} was made by this keyset, by any of its keys; false also for a keyset that is not there. */
    boolean acceptsCanary(String keyset, byte[] canary);
}
