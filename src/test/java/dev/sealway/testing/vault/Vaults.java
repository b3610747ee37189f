package dev.sealway.testing.vault;

import dev.sealway.crypto.Ciphers;
import dev.sealway.crypto.transit.TransitCipher;
import dev.sealway.patience.Patience;
import dev.sealway.vault.Transit;
import dev.sealway.vault.TransitSettings;
import dev.sealway.vault.VaultConnection;
import dev.sealway.vault.VaultSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Connections for tests: as the program makes them, but with little patience. */
public final class Vaults {

    /** Five attempts within a few milliseconds. */
    public static final Patience LITTLE = new Patience(5, Duration.ofMillis(1), Duration.ofMillis(4), () -> 0);

    private Vaults() {}

    /** With the root's token. */
    public static VaultConnection connect(FakeVault vault) {
        return connect(vault, vault.rootToken(), Map.of());
    }

    public static VaultConnection connect(FakeVault vault, String token, Map<String, String> settings) {
        return connect(vault, settings, Map.of("VAULT_TOKEN", token));
    }

    /** The key {@code transit/people}, whatever is asked for, with 20 values in a request. */
    public static Ciphers people(VaultConnection connection) {
        TransitCipher cipher =
                new TransitCipher(new Transit(connection, new TransitSettings("transit", "people", 20, 8_000_000)));
        return (kind, keyset) -> cipher;
    }

    /** @param environment without the address */
    public static VaultConnection connect(
            FakeVault vault, Map<String, String> settings, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("VAULT_ADDR", vault.address());
        return VaultConnection.open(VaultSettings.of(settings, all), LITTLE, System::nanoTime);
    }
}
