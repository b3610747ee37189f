package dev.sealway.crypto.tink;

import com.google.crypto.tink.KeysetHandle;
import dev.sealway.crypto.KeyEncryptionKey;
import dev.sealway.error.SealwayException;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;

/** How the keysets of a bundle are written: in clear, or wrapped under a key encryption key. */
sealed interface KeysetForm permits ClearKeysets, WrappedKeysets {

    /** The form of a bundle whose plan has this key encryption key, or none. */
    static KeysetForm under(Optional<KeyEncryptionKey> kek) {
        return kek.<KeysetForm>map(WrappedKeysets::new).orElseGet(ClearKeysets::new);
    }

    /** The member of a bundle's entry that holds the keyset. */
    String member();

    /** A keyset as a value for {@link dev.sealway.json.Json}. */
    Object write(String name, KeysetHandle keyset) throws GeneralSecurityException;

    /**
     * @throws UnfitKeysetException if this is no keyset of this form
     * @throws SealwayException if the key encryption key does not unwrap it
     */
    KeysetHandle parse(String name, Map<?, ?> keyset) throws UnfitKeysetException;
}
