package dev.sealway.crypto.tink;

import dev.sealway.crypto.KnownAnswers;
import dev.sealway.json.Json;
import dev.sealway.keys.KeyMaterial;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Key bundles for tests. */
final class Bundles {

    private static final Pattern MATERIAL = Pattern.compile("\"value\":\"([^\"]+)\"");

    private Bundles() {}

    /** The bundle of the published test vectors. */
    static TinkKeyBundle published() {
        return open(new String(KnownAnswers.bundle(), StandardCharsets.UTF_8));
    }

    static TinkKeyBundle open(String json) {
        return TinkKeyBundle.open(KeyMaterial.owning(json.getBytes(StandardCharsets.UTF_8), ""), "a test");
    }

    static String fresh(Algorithm algorithm) {
        try (var generated = GeneratedBundle.generate("test", algorithm)) {
            return new String(generated.material().revealBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A bundle with the keys of both for {@code keyset}, the first one's primary staying so. */
    @SuppressWarnings("unchecked")
    static String withKeysOf(String first, String second, String keyset) {
        var bundle = (Map<String, Object>) Json.parse(first);
        keys(bundle, keyset).addAll(keys((Map<String, Object>) Json.parse(second), keyset));
        return Json.compact(bundle);
    }

    @SuppressWarnings("unchecked")
    static List<Object> keys(Map<String, Object> bundle, String keyset) {
        var keysets = (Map<String, Map<String, Map<String, Object>>>) (Map<?, ?>) (Map<?, ?>) bundle.get("keysets");
        return (List<Object>) keysets.get(keyset).get("keyset").get("key");
    }

    /** The base64 text of every key in it, and parts of each. */
    static Set<String> material(String json) {
        Set<String> secrets = new HashSet<>();
        MATERIAL.matcher(json).results().map(found -> found.group(1)).forEach(value -> {
            secrets.add(value);
            secrets.add(value.substring(8, 24));
            secrets.add(value.substring(value.length() - 16));
        });
        return secrets;
    }
}
