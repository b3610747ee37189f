package dev.sealway.crypto.tink;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.config.TinkConfig2026;
import dev.sealway.json.Json;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Objects;

/** Keysets in clear, as {@link TinkJsonProtoKeysetFormat} writes them: the one class with access to key material. */
final class KeysetText {

    private KeysetText() {}

    /** A keyset as a value for {@link Json}. */
    static Object of(KeysetHandle keyset) throws GeneralSecurityException {
        return Objects.requireNonNull(Json.parse(TinkJsonProtoKeysetFormat.serializeKeyset(
                keyset, TinkConfig2026.get(), InsecureSecretKeyAccess.get())));
    }

    /** @throws UnfitKeysetException in our own words: nothing promises that Tink's never quote the keyset */
    static KeysetHandle parse(Map<?, ?> keyset) throws UnfitKeysetException {
        try {
            return TinkJsonProtoKeysetFormat.parseKeyset(
                    Json.compact(keyset), TinkConfig2026.get(), InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new UnfitKeysetException("its keyset is not one that Tink can read");
        }
    }
}
