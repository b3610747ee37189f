package dev.sealway.phase.reencrypt;

import dev.sealway.plan.TableName;
import java.util.OptionalLong;

/**
 * Rows of one column whose ciphertext is of one key.
 *
 * @param cipher the kind of cipher, see {@link dev.sealway.crypto.Ciphers}
 * @param keyset of the key bundle; of Transit {@code <mount>/<key>}
 * @param key the key's id; of Transit its version; empty where the bytes do not have the form of a ciphertext
 */
public record KeyRows(TableName table, String column, String cipher, String keyset, OptionalLong key, long rows) {

    /** Whether these are rows of that key. */
    public boolean isOf(String otherKeyset, long keyId) {
        return keyset.equals(otherKeyset) && key.isPresent() && key.getAsLong() == keyId;
    }
}
