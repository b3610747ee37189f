package dev.sealway.crypto.tink;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.config.TinkConfig2026;
import com.google.crypto.tink.streamingaead.PredefinedStreamingAeadParameters;
import dev.sealway.crypto.KeyEncryptionKey;
import dev.sealway.crypto.KeyPurpose;
import dev.sealway.crypto.StreamCipher;
import dev.sealway.crypto.StreamKey;
import dev.sealway.crypto.StreamKeys;
import dev.sealway.error.SealwayException;
import dev.sealway.json.Json;
import dev.sealway.json.NotJsonException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;

/**
 * Envelope encryption: each stream gets a fresh AES256_GCM_HKDF_1MB keyset, which travels with it, encrypted by a KEK.
 *
 * <p>It is wrapped as the keysets of a bundle are, under the stream's name.
 */
public final class WrappedStreams implements StreamKeys {

    private final KeyEncryptionKey kek;
    private final WrappedKeysets keysets;

    public WrappedStreams(KeyEncryptionKey kek) {
        this.kek = kek;
        this.keysets = new WrappedKeysets(kek);
    }

    @Override
    public StreamKey begin(String stream) {
        try {
            KeysetHandle fresh = KeysetHandle.generateNew(
                    PredefinedStreamingAeadParameters.AES256_GCM_HKDF_1MB, TinkConfig2026.get());
            byte[] wrapped = Json.compact(keysets.write(stream, fresh)).getBytes(StandardCharsets.UTF_8);
            return new StreamKey(open(stream, fresh), kek.id(), Optional.of(wrapped));
        } catch (GeneralSecurityException e) {
            throw SealwayException.failed("no keyset could be made for %s under %s".formatted(stream, kek.id()));
        } catch (UnfitKeysetException e) {
            throw foreign(stream);
        }
    }

    @Override
    public StreamCipher find(String stream, String keeper, Optional<byte[]> wrapped) {
        if (!keeper.equals(kek.id()) || wrapped.isEmpty()) {
            throw SealwayException.refused("%s was sealed under %s, but at hand is %s; name that one in the plan"
                    .formatted(stream, keeper, kek.id()));
        }
        try {
            String json = new String(wrapped.get(), StandardCharsets.UTF_8);
            if (Json.parse(json) instanceof Map<?, ?> keyset) {
                return open(stream, keysets.parse(stream, keyset));
            }
        } catch (UnfitKeysetException | NotJsonException e) {
            // told below: it is no keyset of ours
        }
        throw foreign(stream);
    }

    private static StreamCipher open(String stream, KeysetHandle keyset) throws UnfitKeysetException {
        if (OpenedKeyset.open(stream, KeyPurpose.STREAMING_AEAD, keyset) instanceof StreamCipher cipher) {
            return cipher;
        }
        throw new UnfitKeysetException("it seals no streams");
    }

    private SealwayException foreign(String stream) {
        return SealwayException.refused(
                "the keyset of %s is not one that %s wrapped for it: it was altered, or belongs to another stream"
                        .formatted(stream, kek.id()));
    }

    @Override
    public String toString() {
        return "WrappedStreams[%s]".formatted(kek.id());
    }
}
