package dev.sealway.crypto.tink;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.config.TinkConfig2026;
import com.google.crypto.tink.mac.PredefinedMacParameters;
import com.google.crypto.tink.prf.PredefinedPrfParameters;
import com.google.crypto.tink.streamingaead.PredefinedStreamingAeadParameters;
import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.KeyEncryptionKey;
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
import java.util.Optional;

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

    /** As {@link #generate(String, Algorithm, Optional)}, with keysets that lie in the bundle as they are. */
    public static GeneratedBundle generate(String bundleId, Algorithm algorithm) {
        return generate(bundleId, algorithm, Optional.empty());
    }

    /**
     * Makes fresh keys, and opens what it made once, so that a bundle is never stored that could not be used.
     *
     * @param bundleId lower-case letters, digits and {@code . _ - /}; it is printed and not secret
     * @param algorithm what seals values
     * @param kek wraps the keysets; empty for a bundle whose keysets lie in it as they are
     * @throws SealwayException if the id is not allowed, or {@code kek} does not wrap a keyset and unwrap it again
     */
    public static GeneratedBundle generate(String bundleId, Algorithm algorithm, Optional<KeyEncryptionKey> kek) {
        if (!BundleReader.NAME.matcher(bundleId).matches()) {
            throw SealwayException.wrongUsage(
                    "%s is no id for a key bundle; it must match %s".formatted(bundleId, BundleReader.NAME));
        }
        try {
            byte[] utf8 = write(bundleId, algorithm, kek).getBytes(StandardCharsets.UTF_8);
            KeyMaterial material = KeyMaterial.owning(utf8, "");
            return new GeneratedBundle(material, TinkKeyBundle.open(material, "memory", kek));
        } catch (GeneralSecurityException e) {
            throw SealwayException.failed(
                    "no keys could be made: this Java platform lacks an algorithm that they need");
        }
    }

    private static String write(String bundleId, Algorithm algorithm, Optional<KeyEncryptionKey> kek)
            throws GeneralSecurityException {
        Map<String, Object> bundle = object("sealway_keys", 1, "bundle_id", bundleId);
        kek.ifPresent(key -> bundle.put(BundleReader.KEK, key.id()));
        bundle.put("keysets", keysets(algorithm, KeysetForm.under(kek)));
        return Json.compact(bundle);
    }

    private static Map<String, Object> keysets(Algorithm algorithm, KeysetForm form) throws GeneralSecurityException {
        Map<String, Object> keysets = new LinkedHashMap<>();
        add(keysets, "data/default", KeyPurpose.AEAD, algorithm.parameters(), form);
        add(keysets, KeyBundle.TOKEN_KEYSET, KeyPurpose.PRF, PredefinedPrfParameters.HMAC_SHA256_PRF, form);
        add(keysets, KeyBundle.EVIDENCE_KEYSET, KeyPurpose.PRF, PredefinedPrfParameters.HMAC_SHA256_PRF, form);
        add(keysets, "audit/default", KeyPurpose.MAC, PredefinedMacParameters.HMAC_SHA256_256BITTAG, form);
        add(
                keysets,
                "backup/default",
                KeyPurpose.STREAMING_AEAD,
                PredefinedStreamingAeadParameters.AES256_GCM_HKDF_1MB,
                form);
        return keysets;
    }

    private static void add(
            Map<String, Object> keysets, String name, KeyPurpose purpose, Parameters parameters, KeysetForm form)
            throws GeneralSecurityException {
        KeysetHandle keyset = KeysetHandle.generateNew(parameters, TinkConfig2026.get());
        keysets.put(name, object("purpose", purpose.id(), form.member(), form.write(name, keyset)));
    }

    private static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> members = new LinkedHashMap<>();
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
