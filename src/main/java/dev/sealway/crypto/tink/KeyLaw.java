package dev.sealway.crypto.tink;

import com.google.crypto.tink.KeyStatus;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.aead.XAesGcmParameters;
import com.google.crypto.tink.mac.HmacParameters;
import com.google.crypto.tink.prf.HmacPrfParameters;
import com.google.crypto.tink.streamingaead.AesGcmHkdfStreamingParameters;
import dev.sealway.crypto.KeyPurpose;
import dev.sealway.crypto.KeysetInfo;
import java.util.ArrayList;
import java.util.List;

/** Which keys may serve which purpose: those whose output has the form that the database stores. */
final class KeyLaw {

    private KeyLaw() {}

    /** @throws UnfitKeysetException if a key in use is of another kind than {@code purpose} wants */
    static KeysetInfo check(String name, KeyPurpose purpose, KeysetHandle handle) throws UnfitKeysetException {
        List<Long> ids = new ArrayList<>();
        List<Long> disabled = new ArrayList<>();
        for (int i = 0; i < handle.size(); i++) {
            KeysetHandle.Entry entry = handle.getAt(i);
            if (entry.getStatus() != KeyStatus.ENABLED) {
                disabled.add(Integer.toUnsignedLong(entry.getId()));
                continue;
            }
            if (!allows(purpose, entry.getKey().getParameters())) {
                throw new UnfitKeysetException("one of its keys is not %s".formatted(wanted(purpose)));
            }
            ids.add(Integer.toUnsignedLong(entry.getId()));
        }
        return new KeysetInfo(
                name, purpose, Integer.toUnsignedLong(handle.getPrimary().getId()), ids, disabled);
    }

    private static boolean allows(KeyPurpose purpose, Parameters key) {
        return switch (purpose) {
            case AEAD ->
                (key instanceof AesGcmParameters gcm && gcm.getVariant() == AesGcmParameters.Variant.TINK)
                        || (key instanceof XAesGcmParameters xaes
                                && xaes.getVariant() == XAesGcmParameters.Variant.TINK);
            case PRF ->
                key instanceof HmacPrfParameters hmac
                        && hmac.getHashType() == HmacPrfParameters.HashType.SHA256
                        && hmac.getKeySizeBytes() >= 32;
            case MAC -> key instanceof HmacParameters hmac && hmac.getVariant() == HmacParameters.Variant.TINK;
            case STREAMING_AEAD -> key instanceof AesGcmHkdfStreamingParameters;
        };
    }

    private static String wanted(KeyPurpose purpose) {
        return switch (purpose) {
            case AEAD -> "AES-GCM or XAES-GCM with output prefix TINK, which purpose aead wants";
            case PRF -> "HMAC-SHA256 of at least 32 bytes, which purpose prf wants";
            case MAC -> "HMAC with output prefix TINK, which purpose mac wants";
            case STREAMING_AEAD -> "AES-GCM-HKDF, which purpose streaming-aead wants";
        };
    }
}
