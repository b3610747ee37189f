package dev.sealway.config;

import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.tink.TinkKeyBundle;
import dev.sealway.error.SealwayException;
import dev.sealway.keys.KeyMaterial;
import dev.sealway.keys.KeyProvider;
import dev.sealway.keys.KeyRef;
import dev.sealway.keys.env.EnvKeyProvider;
import dev.sealway.keys.file.FileKeyProvider;
import dev.sealway.plan.KeySource;
import dev.sealway.plan.Plan;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds the provider that a plan names. */
final class KeySources {

    private final Map<String, String> environment;

    KeySources(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Fetches and opens the bundle when it is first asked for; thread-safe. */
    Supplier<KeyBundle> opener(Plan plan) {
        return new Supplier<>() {
            private @Nullable KeyBundle opened;

            @Override
            public synchronized KeyBundle get() {
                KeyBundle bundle = opened;
                if (bundle == null) {
                    bundle = open(plan.keys()
                            .orElseThrow(() -> SealwayException.refused(
                                    "plan %s names no key bundle, and what it asks for needs one: say 'keys' in the plan"
                                            .formatted(plan.name()))));
                    opened = bundle;
                }
                return bundle;
            }
        };
    }

    private KeyBundle open(KeySource source) {
        try (KeyMaterial material = provider(source).fetch(new KeyRef(source.ref(), source.settings()))) {
            return TinkKeyBundle.open(material, "%s %s".formatted(source.provider(), source.ref()));
        }
    }

    private KeyProvider provider(KeySource source) {
        return switch (source.provider()) {
            case "env" -> new EnvKeyProvider(environment);
            case "file" -> new FileKeyProvider();
            default ->
                throw SealwayException.wrongUsage(
                        "unknown key provider %s; this version has env and file".formatted(source.provider()));
        };
    }
}
