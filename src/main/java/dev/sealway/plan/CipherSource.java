package dev.sealway.plan;

import java.util.Map;

/**
 * A cipher that is not the key bundle's own.
 *
 * @param name by which tables of the plan choose it
 * @param kind {@code vault-transit}
 * @param settings of the kind, by name; never a secret
 */
public record CipherSource(String name, String kind, Map<String, String> settings) {

    public CipherSource {
        settings = Map.copyOf(settings);
    }
}
