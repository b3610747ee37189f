package dev.sealway.plan;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A cipher that is not the key bundle's own.
 *
 * @param name by which tables of the plan choose it
 * @param kind {@code vault-transit}
 * @param settings of the kind, by name; never a secret
 */
public record CipherSource(String name, String kind, Map<String, String> settings) {

    /** Where the Transit engine is mounted unless the plan says otherwise. */
    public static final String DEFAULT_MOUNT = "transit";

    /** The environment variable that names the key of Transit where the plan does not. */
    public static final String KEY_VARIABLE = "VAULT_TRANSIT_KEY";

    public CipherSource {
        settings = Map.copyOf(settings);
    }

    /** Where the Transit engine is mounted. */
    public String mount() {
        return settings.getOrDefault("mount", DEFAULT_MOUNT);
    }

    /** The name of the key in Transit; empty if the plan leaves it to {@link #KEY_VARIABLE}. */
    public Optional<String> key() {
        return Optional.ofNullable(settings.get("key"));
    }

    /** As columns are registered with it: {@code <mount>/<key>}; empty as long as no key is named. */
    public Optional<String> keyset() {
        return key().map(key -> mount() + "/" + key);
    }

    /** The same cipher, with the key that {@code environment} names where the plan names none. */
    public CipherSource completed(Map<String, String> environment) {
        String named = environment.getOrDefault(KEY_VARIABLE, "");
        if (key().isPresent() || named.isBlank()) {
            return this;
        }
        Map<String, String> completed = new HashMap<>(settings);
        completed.put("key", named);
        return new CipherSource(name, kind, completed);
    }
}
