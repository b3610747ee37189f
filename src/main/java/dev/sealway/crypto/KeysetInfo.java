package dev.sealway.crypto;

import java.util.List;

/**
 * What may be told of a keyset: everything but its material.
 *
 * @param name for instance {@code data/default}
 * @param purpose what its keys are for
 * @param primaryKeyId the id of the key that seals, as an unsigned 32-bit number
 * @param keyIds the ids of all keys that may still open
 */
public record KeysetInfo(String name, KeyPurpose purpose, long primaryKeyId, List<Long> keyIds) {

    public KeysetInfo {
        keyIds = List.copyOf(keyIds);
    }
}
