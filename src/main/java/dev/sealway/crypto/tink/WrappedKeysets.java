package dev.sealway.crypto.tink;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.config.TinkConfig2026;
import dev.sealway.crypto.KeyEncryptionKey;
import dev.sealway.error.SealwayException;
import dev.sealway.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Objects;

/**
 * Keysets as Tink's encrypted JSON keyset format has them: the ids and the kinds of the keys stay readable. The associated
 * data {@code sealway/keyset/v1|<name>} keeps each keyset under its name.
 */
record WrappedKeysets(KeyEncryptionKey kek) implements KeysetForm {

    @Override
    public String member() {
        return "encrypted_keyset";
    }

    @Override
    public Object write(String name, KeysetHandle keyset) throws GeneralSecurityException {
        try {
            return Objects.requireNonNull(Json.parse(TinkJsonProtoKeysetFormat.serializeEncryptedKeyset(
                    keyset, new KekAead(kek), associatedData(name), TinkConfig2026.get())));
        } catch (SealwayException e) {
            throw at(name, e);
        }
    }

    @Override
    public KeysetHandle parse(String name, Map<?, ?> keyset) throws UnfitKeysetException {
        try {
            return TinkJsonProtoKeysetFormat.parseEncryptedKeyset(
                    Json.compact(keyset), new KekAead(kek), associatedData(name), TinkConfig2026.get());
        } catch (SealwayException e) {
            throw at(name, e);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new UnfitKeysetException("its encrypted keyset is not one that Tink can read");
        }
    }

    private static SealwayException at(String name, SealwayException e) {
        return new SealwayException(e.outcome(), "keyset %s: %s".formatted(name, e.getMessage()));
    }

    private static byte[] associatedData(String name) {
        return "sealway/keyset/v1|%s".formatted(name).getBytes(StandardCharsets.UTF_8);
    }

    /** A key encryption key as Tink wants one. */
    private record KekAead(KeyEncryptionKey kek) implements Aead {

        @Override
        public byte[] encrypt(byte[] plaintext, byte[] associatedData) {
            return kek.wrap(plaintext, associatedData);
        }

        @Override
        public byte[] decrypt(byte[] ciphertext, byte[] associatedData) {
            return kek.unwrap(ciphertext, associatedData);
        }
    }
}
