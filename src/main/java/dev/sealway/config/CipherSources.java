package dev.sealway.config;

import dev.sealway.crypto.Ciphers;
import dev.sealway.crypto.FieldCipher;
import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.transit.TransitCipher;
import dev.sealway.error.SealwayException;
import dev.sealway.plan.CipherSource;
import dev.sealway.plan.Plan;
import dev.sealway.vault.Transit;
import dev.sealway.vault.TransitSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Finds the ciphers of a plan, and makes each once. Thread-safe. */
final class CipherSources implements Ciphers {

    private final Plan plan;
    private final Supplier<KeyBundle> keys;
    private final VaultConnections vaults;
    private final Map<String, FieldCipher> made = new HashMap<>();

    /** @param plan completed with the environment */
    CipherSources(Plan plan, Supplier<KeyBundle> keys, VaultConnections vaults) {
        this.plan = plan;
        this.keys = keys;
        this.vaults = vaults;
    }

    @Override
    public FieldCipher of(String kind, String keyset) {
        return switch (kind) {
            case TINK -> keys.get().cipher(keyset);
            case VAULT_TRANSIT -> transit(keyset);
            default ->
                throw SealwayException.wrongUsage("plan %s has no cipher of kind %s".formatted(plan.name(), kind));
        };
    }

    @Override
    public synchronized void forget() {
        made.clear();
    }

    private synchronized FieldCipher transit(String keyset) {
        return made.computeIfAbsent(keyset, name -> {
            Map<String, String> settings = source(name).settings();
            return OptionalLibrary.use(VAULT_TRANSIT, () -> transit(settings));
        });
    }

    /** Reads the key, so that one that is missing or out of reach is noticed before anything is sealed. */
    private TransitCipher transit(Map<String, String> settings) {
        Transit transit = new Transit(vaults.to(settings), TransitSettings.of(settings, vaults.environment()));
        transit.freshKey();
        return new TransitCipher(transit);
    }

    /** The ledger tells keys apart by mount and name alone. */
    private CipherSource source(String keyset) {
        List<CipherSource> sources = plan.ciphers().stream()
                .filter(c -> c.kind().equals(VAULT_TRANSIT))
                .filter(c -> c.keyset().filter(keyset::equals).isPresent())
                .toList();
        if (sources.isEmpty()) {
            throw SealwayException.refused(
                    ("columns are sealed with the key %s of Vault, which no cipher of plan %s names; say its mount and key"
                                    + " under ciphers, or set %s")
                            .formatted(keyset, plan.name(), CipherSource.KEY_VARIABLE));
        }
        if (sources.size() > 1) {
            throw SealwayException.wrongUsage(
                    "ciphers %s and %s of plan %s both name the key %s; two Vaults cannot be told apart by that: keep one of them"
                            .formatted(sources.get(0).name(), sources.get(1).name(), plan.name(), keyset));
        }
        return sources.get(0);
    }
}
