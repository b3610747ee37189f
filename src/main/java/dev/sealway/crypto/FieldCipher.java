package dev.sealway.crypto;

import java.util.ArrayList;
import java.util.List;

/**
 * Seals and opens values under one data keyset, one at a time or many at once.
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

    /**
     * Seals many values: as many attempts as plaintexts, in their order. One item may fail alone.
     *
     * @param associatedData one for each plaintext
     * @throws dev.sealway.error.SealwayException if none could be sealed, because the cipher's service does not answer
     */
    default List<Attempt<byte[]>> sealAll(List<Plaintext> plaintexts, List<AssociatedData> associatedData) {
        List<Attempt<byte[]>> sealed = new ArrayList<>(plaintexts.size());
        for (int i = 0; i < plaintexts.size(); i++) {
            int at = i;
            sealed.add(Attempt.of(() -> seal(plaintexts.get(at), associatedData.get(at))));
        }
        return sealed;
    }

    /** As {@link #sealAll}, the other way. */
    default List<Attempt<Plaintext>> openAll(List<byte[]> ciphertexts, List<AssociatedData> associatedData) {
        List<Attempt<Plaintext>> opened = new ArrayList<>(ciphertexts.size());
        for (int i = 0; i < ciphertexts.size(); i++) {
            int at = i;
            opened.add(Attempt.of(() -> open(ciphertexts.get(at), associatedData.get(at))));
        }
        return opened;
    }

    /** Moves ciphertexts to the keyset primary; what they hold stays as it is. As {@link #sealAll}. */
    default List<Attempt<byte[]>> rewrapAll(List<byte[]> ciphertexts, List<AssociatedData> associatedData) {
        List<Attempt<byte[]>> rewrapped = new ArrayList<>(ciphertexts.size());
        for (int i = 0; i < ciphertexts.size(); i++) {
            int at = i;
            rewrapped.add(Attempt.of(() -> {
                try (Plaintext value = open(ciphertexts.get(at), associatedData.get(at))) {
                    return seal(value, associatedData.get(at));
                }
            }));
        }
        return rewrapped;
    }

    default CiphertextForm form() {
        return CiphertextForm.BYTES;
    }

    /** With which every ciphertext of the keyset primary begins, and none of another key. */
    byte[] primaryPrefix();

    /** Whether its keys are at the far end of a network: then it is never asked while a lock is held. */
    default boolean isRemote() {
        return false;
    }

    /** How many batches may usefully be under way at once: more than one where the keys are at the far end of a network. */
    default int concurrency() {
        return 1;
    }
}
