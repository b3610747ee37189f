package dev.sealway.vault;

import dev.sealway.error.SealwayException;
import java.util.Map;
import java.util.Set;

/**
 * What Vault tells of a key: never its material.
 *
 * @param type {@code aes256-gcm96} for instance
 * @param latestVersion the one that encrypts
 * @param minDecryptionVersion the oldest that still decrypts, at least 1
 */
public record TransitKey(String type, long latestVersion, long minDecryptionVersion) {

    /** Those that authenticate, and associated data with it; the last one is OpenBao's. */
    private static final Set<String> AEADS =
            Set.of("aes128-gcm96", "aes256-gcm96", "chacha20-poly1305", "xchacha20-poly1305");

    /** @throws SealwayException if the key cannot do what Sealway needs */
    static TransitKey of(String name, Map<?, ?> data) {
        String type = data.get("type") instanceof String text ? text : "unknown";
        if (!AEADS.contains(type)) {
            throw SealwayException.refused(
                    "Transit key %s is of type %s, which does not bind a value to its place; make a key of type aes256-gcm96"
                            .formatted(name, type));
        }
        if (Boolean.TRUE.equals(data.get("derived"))) {
            throw SealwayException.refused(
                    "Transit key %s is derived: it wants a context with every value; make a key without derivation"
                            .formatted(name));
        }
        return new TransitKey(
                type, number(data, "latest_version"), Math.max(1, number(data, "min_decryption_version")));
    }

    private static long number(Map<?, ?> data, String member) {
        return data.get(member) instanceof Number number ? number.longValue() : 0;
    }
}
