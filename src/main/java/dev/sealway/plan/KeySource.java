package dev.sealway.plan;

import java.util.Map;

/**
 * Where the key bundle lives.
 *
 * @param provider the provider's name: {@code env}, {@code file}
 * @param ref what the provider looks up: a variable's name, a path
 * @param settings the provider's further settings, by name
 */
public record KeySource(String provider, String ref, Map<String, String> settings) {

    public KeySource {
        settings = Map.copyOf(settings);
    }
}
