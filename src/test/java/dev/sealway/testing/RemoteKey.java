package dev.sealway.testing;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.config.TinkConfig2026;
import dev.sealway.crypto.KeyEncryptionKey;
import dev.sealway.error.SealwayException;
import java.security.GeneralSecurityException;

/** A key encryption key that stays in this object, as one stays in a key service. Every one is another key. */
public final class RemoteKey implements KeyEncryptionKey {

    private final Aead aead;

    public RemoteKey() {
        try {
            aead = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, TinkConfig2026.get())
                    .getPrimitive(TinkConfig2026.get(), Aead.class);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String id() {
        return "remote kek";
    }

    @Override
    public byte[] wrap(byte[] material, byte[] associatedData) {
        try {
            return aead.encrypt(material, associatedData);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public byte[] unwrap(byte[] wrapped, byte[] associatedData) {
        try {
            return aead.decrypt(wrapped, associatedData);
        } catch (GeneralSecurityException e) {
            throw SealwayException.refused("remote kek did not wrap this");
        }
    }
}
