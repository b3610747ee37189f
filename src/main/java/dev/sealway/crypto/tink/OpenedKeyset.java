package dev.sealway.crypto.tink;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Mac;
import com.google.crypto.tink.StreamingAead;
import com.google.crypto.tink.config.TinkConfig2026;
import com.google.crypto.tink.prf.PrfSet;
import dev.sealway.crypto.KeyPurpose;
import dev.sealway.crypto.KeysetInfo;
import dev.sealway.crypto.LengthPrefixed;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/** A keyset whose primitive is built: once, and shared by all threads. */
sealed interface OpenedKeyset permits AeadKeyset, MacKeyset, PrfKeyset, StreamingAeadKeyset {

    KeysetInfo info();

    byte[] canary();

    boolean acceptsCanary(byte[] canary);

    static OpenedKeyset open(String name, KeyPurpose purpose, KeysetHandle handle) throws UnfitKeysetException {
        try {
            KeysetInfo info = KeyLaw.check(name, purpose, handle);
            return switch (purpose) {
                case AEAD -> new AeadKeyset(info, primitive(handle, Aead.class));
                case PRF -> new PrfKeyset(info, primitive(handle, PrfSet.class));
                case MAC -> new MacKeyset(info, primitive(handle, Mac.class));
                case STREAMING_AEAD -> new StreamingAeadKeyset(info, primitive(handle, StreamingAead.class));
            };
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new UnfitKeysetException("Tink makes no primitive of purpose %s from it".formatted(purpose.id()));
        }
    }

    private static <P> P primitive(KeysetHandle handle, Class<P> kind) throws GeneralSecurityException {
        return handle.getPrimitive(TinkConfig2026.get(), kind);
    }

    /** What a canary encrypts. */
    static byte[] canaryText() {
        return "sealway-canary".getBytes(StandardCharsets.US_ASCII);
    }

    /** What a canary is bound to. */
    static byte[] canaryPlace(KeysetInfo info) {
        return LengthPrefixed.of("sealway/canary/v1", info.name()).toByteArray();
    }

    /** {@code Keyset[data/default ids=[…]]}: Tink's own form of a keyset is never asked for, as it may throw. */
    static String print(KeysetInfo info) {
        return "Keyset[%s ids=%s]".formatted(info.name(), info.keyIds());
    }
}
