package dev.sealway.crypto.tink;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.config.TinkConfig2026;
import com.google.crypto.tink.mac.PredefinedMacParameters;
import com.google.crypto.tink.prf.PredefinedPrfParameters;
import com.google.crypto.tink.streamingaead.PredefinedStreamingAeadParameters;
import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.KeyPurpose;
import dev.sealway.crypto.KeysetInfo;
import dev.sealway.error.SealwayException;
import dev.sealway.json.Json;
import dev.sealway.keys.KeyMaterial;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A new key bundle on its way to the place where it will live; closing it zeroes the material. Not thread-safe.
 *
 * <p>It holds {@code data/default}, {@code token/default}, {@code evidence/default}, {@code audit/default} and
 * {@code backup/default}, each with one fresh key.
 */
public final class GeneratedBundle implements AutoCloseable {

    private final KeyMaterial material;
    private final KeyBundle opened;

    private GeneratedBundle(KeyMaterial material, KeyBundle opened) {
        this.material = material;
        this.opened = opened;
    }

    /**
     * Makes fresh keys, and opens what it made once, so that a bundle is never stored that could not be used.
     *
     * @param bundleId lower-case letters, digits and {@code . _ - /}; it is printed and not secret
     * @param algorithm what seals values
     */
    public static GeneratedBundle generate(String bundleId, Algorithm algorithm) {
        if (!BundleReader.NAME.matcher(bundleId).matches()) {
            throw SealwayException.wrongUsage(
                    "%s is no id for a key bundle; it must match %s".formatted(bundleId, BundleReader.NAME));
        }
        try {
            byte[] utf8 = write(bundleId, algorithm).getBytes(StandardCharsets.UTF_8);
            KeyMaterial material = KeyMaterial.owning(utf8, "");
            return new GeneratedBundle(material, TinkKeyBundle.open(material, "memory"));
        } catch (GeneralSecurityException e) {
            throw SealwayException.failed(
                    "no keys could be made: this Java platform lacks an algorithm that they need");
        }
    }

    private static String write(String bundleId, Algorithm algorithm) throws GeneralSecurityException {
        Map<String, Object> keysets = new LinkedHashMap<>();
        keysets.put("data/default", fresh(KeyPurpose.AEAD, algorithm.parameters()));
        keysets.put(KeyBundle.TOKEN_KEYSET, fresh(KeyPurpose.PRF, PredefinedPrfParameters.HMAC_SHA256_PRF));
        keysets.put(KeyBundle.EVIDENCE_KEYSET, fresh(KeyPurpose.PRF, PredefinedPrfParameters.HMAC_SHA256_PRF));
        keysets.put("audit/default", fresh(KeyPurpose.MAC, PredefinedMacParameters.HMAC_SHA256_256BITTAG));
        keysets.put(
                "backup/default",
                fresh(KeyPurpose.STREAMING_AEAD, PredefinedStreamingAeadParameters.AES256_GCM_HKDF_1MB));
        return Json.compact(object("sealway_keys", 1, "bundle_id", bundleId, "keysets", keysets));
    }

    private static Map<String, @Nullable Object> fresh(KeyPurpose purpose, Parameters parameters)
            throws GeneralSecurityException {
        KeysetHandle keyset = KeysetHandle.generateNew(parameters, TinkConfig2026.get());
        return object("purpose", purpose.id(), "keyset", KeysetText.of(keyset));
    }

    private static Map<String, @Nullable Object> object(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return members;
    }

    /** The bundle's bytes, to be stored; closed together with this. */
    public KeyMaterial material() {
        return material;
    }

    public String id() {
        return opened.id();
    }

    /** As {@link KeyBundle#fingerprint}. */
    public String fingerprint() {
        return opened.fingerprint();
    }

    public List<KeysetInfo> keysets() {
        return opened.keysets();
    }

    @Override
    public void close() {
        material.close();
    }

    @Override
    public String toString() {
        return "GeneratedBundle[%s]".formatted(opened);
    }
}
