package dev.sealway.vault;

import java.util.Map;

/**
 * Which key of which Transit engine, and how large a request may be.
 *
 * @param mount where the engine is mounted, {@code transit} by default
 * @param key the key's name
 * @param requestItems at most so many values in one request
 * @param requestBytes at most so many bytes in one request, but always one value; Vault takes 32 MB
 */
public record TransitSettings(String mount, String key, int requestItems, int requestBytes) {

    private static final int ITEMS = 500;
    private static final int BYTES = 8_000_000;
    private static final int MOST_ITEMS = 10_000;
    private static final int MOST_BYTES = 32_000_000;

    public TransitSettings {
        VaultPath.of("mount", mount);
        VaultPath.of("key", key);
    }

    /**
     * Reads {@code mount}, {@code key}, {@code request-items} and {@code request-bytes}.
     *
     * @param environment names the key as VAULT_TRANSIT_KEY where {@code settings} does not
     */
    public static TransitSettings of(Map<String, String> settings, Map<String, String> environment) {
        Given given = new Given(settings, environment);
        return new TransitSettings(
                given.setting("mount").orElse("transit"),
                given.required("key", "VAULT_TRANSIT_KEY"),
                given.number("request-items", ITEMS, MOST_ITEMS),
                given.number("request-bytes", BYTES, MOST_BYTES));
    }

    public static TransitSettings of(String mount, String key) {
        return new TransitSettings(mount, key, ITEMS, BYTES);
    }

    /** As plans and the ledger name it: {@code transit/shop}. */
    public String name() {
        return "%s/%s".formatted(mount, key);
    }
}
