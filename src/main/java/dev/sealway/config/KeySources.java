package dev.sealway.config;

import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.KeyEncryptionKey;
import dev.sealway.crypto.tink.TinkKeyBundle;
import dev.sealway.error.SealwayException;
import dev.sealway.keys.KeyMaterial;
import dev.sealway.keys.KeyProvider;
import dev.sealway.keys.KeyRef;
import dev.sealway.keys.aws.KmsKeyEncryptionKey;
import dev.sealway.keys.aws.SecretsManagerKeyProvider;
import dev.sealway.keys.env.EnvKeyProvider;
import dev.sealway.keys.file.FileKeyProvider;
import dev.sealway.keys.vault.VaultKvKeyProvider;
import dev.sealway.plan.KekSource;
import dev.sealway.plan.KeySource;
import dev.sealway.plan.Plan;
import java.util.Map;
import java.util.Optional;

/** Finds the provider that a plan names, and goes through it to the bundle. Thread-safe. */
final class KeySources {

    private final Map<String, String> environment;
    private final VaultConnections vaults;

    /** @param vaults shared with the ciphers of the plan, so that each way to a Vault is logged in by once */
    KeySources(VaultConnections vaults) {
        this.environment = vaults.environment();
        this.vaults = vaults;
    }

    /** Where the plan says that its bundle lives. */
    static KeySource of(Plan plan) {
        return plan.keys()
                .orElseThrow(() -> SealwayException.refused(
                        "plan %s names no key bundle, and what it asks for needs one: say 'keys' in the plan"
                                .formatted(plan.name())));
    }

    /** A place in words. */
    static String place(KeySource source) {
        return "%s %s".formatted(source.provider(), source.ref());
    }

    KeyBundle open(KeySource source) {
        try (KeyMaterial material = fetch(source)) {
            return TinkKeyBundle.open(material, place(source), kek(source));
        }
    }

    KeyMaterial fetch(KeySource source) {
        return OptionalLibrary.use(
                source.provider(), () -> provider(source).fetch(new KeyRef(source.ref(), source.settings())));
    }

    void create(KeySource source, KeyMaterial material) {
        OptionalLibrary.use(source.provider(), () -> {
            provider(source).create(new KeyRef(source.ref(), source.settings()), material);
            return source;
        });
    }

    /** As {@link KeyProvider#replace}; the caller holds an advisory lock of the database. */
    void replace(KeySource source, KeyMaterial material, String expectedVersion) {
        OptionalLibrary.use(source.provider(), () -> {
            provider(source).replace(new KeyRef(source.ref(), source.settings()), material, expectedVersion);
            return source;
        });
    }

    /** What wraps the keysets of the bundle; empty if nothing does. */
    Optional<KeyEncryptionKey> kek(KeySource source) {
        return source.kek().map(this::key);
    }

    private KeyEncryptionKey key(KekSource kek) {
        return switch (kek.kind()) {
            case "aws-kms" -> OptionalLibrary.wrapping(kek.kind(), () -> KmsKeyEncryptionKey.of(kek.settings()));
            case "vault-transit" -> vaults.kek(kek.settings());
            default ->
                throw SealwayException.wrongUsage(
                        "unknown kek %s; known are aws-kms, vault-transit".formatted(kek.kind()));
        };
    }

    private KeyProvider provider(KeySource source) {
        return switch (source.provider()) {
            case "env" -> new EnvKeyProvider(environment);
            case "file" -> new FileKeyProvider();
            case "aws-secrets-manager" -> new SecretsManagerKeyProvider();
            case "vault-kv" -> new VaultKvKeyProvider(vaults.to(source.settings()));
            default ->
                throw SealwayException.wrongUsage(
                        "unknown key provider %s; known are env, file, aws-secrets-manager, vault-kv"
                                .formatted(source.provider()));
        };
    }
}
