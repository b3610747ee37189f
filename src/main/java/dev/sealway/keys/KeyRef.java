package dev.sealway.keys;

import java.util.Map;

/**
 * What a provider looks up.
 *
 * @param name a variable's name, a path, a secret's id
 * @param settings further settings of the provider
 */
public record KeyRef(String name, Map<String, String> settings) {

    public KeyRef {
        settings = Map.copyOf(settings);
    }

    public static KeyRef of(String name) {
        return new KeyRef(name, Map.of());
    }
}
