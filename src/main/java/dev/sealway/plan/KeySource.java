package dev.sealway.plan;

import java.util.Map;
import java.util.Optional;

/**
 * Where the key bundle lives.
 *
 * @param provider the provider's name: {@code env}, {@code file}, {@code aws-secrets-manager}, {@code vault-kv}
 * @param ref what the provider looks up: a variable's name, a path
 * @param settings the provider's further settings, by name; never a secret
 * @param kek under which its keysets are wrapped; empty if they lie in it as they are
 */
public record KeySource(String provider, String ref, Map<String, String> settings, Optional<KekSource> kek) {

    public KeySource {
        settings = Map.copyOf(settings);
    }
}
