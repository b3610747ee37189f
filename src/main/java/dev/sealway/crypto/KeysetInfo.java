package dev.sealway.crypto;

import java.util.List;

/**
 * What may be told of a keyset: everything but its material.
 *
 * @param name for instance {@code data/default}
 * @param purpose what its keys are for
 * @param primaryKeyId the id of the key that seals, as an unsigned 32-bit number
 * @param keyIds the ids of all keys that may still open
 * @param disabledKeyIds the ids of keys that are kept and open nothing
 */
public record KeysetInfo(
        String name, KeyPurpose purpose, long primaryKeyId, List<Long> keyIds, List<Long> disabledKeyIds) {

    public KeysetInfo {
        keyIds = List.copyOf(keyIds);
        disabledKeyIds = List.copyOf(disabledKeyIds);
    }

    /** A keyset without disabled keys. */
    public KeysetInfo(String name, KeyPurpose purpose, long primaryKeyId, List<Long> keyIds) {
        this(name, purpose, primaryKeyId, keyIds, List.of());
    }

    /** Whether the keyset has a key of this id, enabled or not. */
    public boolean has(long keyId) {
        return keyIds.contains(keyId) || disabledKeyIds.contains(keyId);
    }
}
