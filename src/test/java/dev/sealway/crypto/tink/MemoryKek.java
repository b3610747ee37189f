package dev.sealway.crypto.tink;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.config.TinkConfig2026;
import dev.sealway.crypto.KeyEncryptionKey;
import dev.sealway.error.SealwayException;
import java.security.GeneralSecurityException;

/** A key encryption key with real AES-GCM that lives as long as a test. */
final class MemoryKek implements KeyEncryptionKey {

    private final Aead aead;

    MemoryKek() {
        try {
            aead = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, TinkConfig2026.get())
                    .getPrimitive(TinkConfig2026.get(), Aead.class);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String id() {
        return "memory kek";
    }

    @Override
    public byte[] wrap(byte[] material, byte[] associatedData) {
        try {
            return aead.encrypt(material, associatedData);
        } catch (GeneralSecurityException e) {
            throw SealwayException.failed("memory kek could not wrap a keyset");
        }
    }

    @Override
    public byte[] unwrap(byte[] wrapped, byte[] associatedData) {
        try {
            return aead.decrypt(wrapped, associatedData);
        } catch (GeneralSecurityException e) {
            throw SealwayException.failed("memory kek could not unwrap a keyset");
        }
    }
}
