package dev.sealway.keys.vault;

import dev.sealway.error.SealwayException;
import dev.sealway.keys.KeyMaterial;
import dev.sealway.keys.KeyNotFoundException;
import dev.sealway.keys.KeyProvider;
import dev.sealway.keys.KeyRef;
import dev.sealway.keys.KeyUnavailableException;
import dev.sealway.vault.KvReading;
import dev.sealway.vault.KvSecret;
import dev.sealway.vault.VaultConnection;
import dev.sealway.vault.VaultKv;
import dev.sealway.vault.VaultRefusedException;
import dev.sealway.vault.VaultUnavailableException;
import java.nio.charset.StandardCharsets;

/**
 * Keeps key bundles in Vault's key-value engine, version 2: a reference is a path, the settings {@code mount}
 * ({@code secret} by default) and {@code field} ({@code value}) say the rest.
 *
 * <p>Guarantees: a new bundle never goes where a secret is or was, and one is replaced only by who has seen it; other
 * fields of the secret stay. Thread-safe.
 */
public final class VaultKvKeyProvider implements KeyProvider {

    private final VaultKv kv;

    public VaultKvKeyProvider(VaultConnection connection) {
        this.kv = connection.kv();
    }

    @Override
    public KeyMaterial fetch(KeyRef ref) {
        KvSecret secret = secret(ref);
        String text = secret.revealText(field(ref))
                .orElseThrow(() -> new KeyNotFoundException(
                        "%s, field %s".formatted(place(ref), field(ref)),
                        "the secret is there but has no such field of text; name the field in the plan"));
        return KeyMaterial.owning(text.getBytes(StandardCharsets.UTF_8), Long.toString(secret.version()));
    }

    private KvSecret secret(KeyRef ref) {
        KvReading found = read(ref);
        if (found instanceof KvSecret secret) {
            return secret;
        }
        if (found instanceof KvReading.Deleted deleted) {
            throw new KeyNotFoundException(
                    place(ref),
                    deleted.destroyed()
                            ? "its version %d was destroyed; restore the bundle from where you keep its copy"
                                    .formatted(deleted.version())
                            : "its version %d was deleted; bring it back with 'vault kv undelete'"
                                    .formatted(deleted.version()));
        }
        throw new KeyNotFoundException(
                place(ref), "check mount and path (without 'data/'), or make a bundle with 'sealway keygen'");
    }

    private KvReading read(KeyRef ref) {
        try {
            return kv.read(mount(ref), ref.name());
        } catch (VaultRefusedException e) {
            throw new KeyUnavailableException(place(ref), e.problem(), e.cure());
        } catch (VaultUnavailableException e) {
            throw new KeyUnavailableException(place(ref), e.problem(), e.cure());
        }
    }

    @Override
    public void create(KeyRef ref, KeyMaterial material) {
        if (kv.create(mount(ref), ref.name(), field(ref), text(material)).isEmpty()) {
            throw SealwayException.refused(
                    "%s holds a secret already, or held one, and a key bundle is never overwritten; choose another path"
                            .formatted(place(ref)));
        }
    }

    @Override
    public void replace(KeyRef ref, KeyMaterial material, String expectedVersion) {
        KvSecret seen = secret(ref);
        boolean same = Long.toString(seen.version()).equals(expectedVersion);
        if (!same
                || kv.replace(mount(ref), ref.name(), seen, field(ref), text(material))
                        .isEmpty()) {
            throw SealwayException.refused(
                    "%s was changed by somebody else since its version %s was read; nothing was overwritten: do it again from the version that is there"
                            .formatted(place(ref), expectedVersion));
        }
    }

    private static String text(KeyMaterial material) {
        return new String(material.revealBytes(), StandardCharsets.UTF_8);
    }

    private static String mount(KeyRef ref) {
        return ref.settings().getOrDefault("mount", "secret");
    }

    private static String field(KeyRef ref) {
        return ref.settings().getOrDefault("field", "value");
    }

    private static String place(KeyRef ref) {
        return "Vault %s/%s".formatted(mount(ref), ref.name());
    }
}
