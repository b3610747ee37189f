package dev.sealway.keys.env;

import dev.sealway.error.SealwayException;
import dev.sealway.keys.KeyMaterial;
import dev.sealway.keys.KeyNotFoundException;
import dev.sealway.keys.KeyProvider;
import dev.sealway.keys.KeyRef;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Finds key bundles in environment variables, which are read-only.
 *
 * <p>Does not guarantee secrecy from the machine: a process's environment can be read by its user and by root, and child
 * processes inherit it. A file or a secret store is better. Thread-safe.
 */
public final class EnvKeyProvider implements KeyProvider {

    private final Map<String, String> environment;

    public EnvKeyProvider(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** The variable's value in UTF-8; a blank one counts as missing. */
    @Override
    public KeyMaterial fetch(KeyRef ref) {
        String bundle = environment.get(ref.name());
        if (bundle == null || bundle.isBlank()) {
            throw new KeyNotFoundException(
                    "environment variable %s".formatted(ref.name()),
                    "set the variable to the bundle's text, or make one with 'sealway keygen --out FILE'");
        }
        return KeyMaterial.owning(bundle.getBytes(StandardCharsets.UTF_8), "");
    }

    @Override
    public void create(KeyRef ref, KeyMaterial material) {
        throw SealwayException.refused(
                "environment variable %s cannot be written from here; use 'sealway keygen --out FILE' and set it from there"
                        .formatted(ref.name()));
    }
}
