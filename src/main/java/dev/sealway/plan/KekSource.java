package dev.sealway.plan;

import java.util.Map;

/**
 * The key encryption key under which the keysets of a bundle are stored.
 *
 * @param kind {@code aws-kms}, {@code vault-transit}
 * @param settings of the kind, by name; never a secret
 */
public record KekSource(String kind, Map<String, String> settings) {

    public KekSource {
        settings = Map.copyOf(settings);
    }
}
