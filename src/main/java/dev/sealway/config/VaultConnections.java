package dev.sealway.config;

import dev.sealway.crypto.Ciphers;
import dev.sealway.crypto.KeyEncryptionKey;
import dev.sealway.crypto.transit.TransitKeyEncryptionKey;
import dev.sealway.vault.TransitSettings;
import dev.sealway.vault.VaultConnection;
import dev.sealway.vault.VaultSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Makes one connection for every way to reach a Vault, when it is first asked for. Thread-safe. */
final class VaultConnections {

    /** What settings say besides the way: of ciphers, of key encryption keys, of key bundles. */
    private static final Set<String> OF_THE_USER = Set.of("mount", "key", "field", "request-items", "request-bytes");

    private final Map<String, String> environment;
    private final Map<Map<String, String>, VaultConnection> open = new HashMap<>();

    VaultConnections(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    Map<String, String> environment() {
        return environment;
    }

    /** The key of Transit that {@code settings} name, as one that wraps keysets. */
    KeyEncryptionKey kek(Map<String, String> settings) {
        return OptionalLibrary.wrapping(Ciphers.VAULT_TRANSIT, () -> {
            TransitSettings key = TransitSettings.of(settings, environment);
            return new TransitKeyEncryptionKey(to(settings), key.mount(), key.key());
        });
    }

    /** Asks Vault nothing yet. */
    synchronized VaultConnection to(Map<String, String> settings) {
        Map<String, String> way = new HashMap<>(settings);
        way.keySet().removeAll(OF_THE_USER);
        return open.computeIfAbsent(way, w -> VaultConnection.open(VaultSettings.of(w, environment)));
    }
}
