package dev.sealway.planfile;

import dev.sealway.plan.DidYouMean;
import dev.sealway.plan.KeySource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads where the key bundle lives. What stands under {@code ref} is never quoted: it might be a key by mistake. */
final class KeysReader {

    static final String EXAMPLE = "{ provider: env, ref: SEALWAY_KEYS }";

    private static final List<String> KEYS = List.of("provider", "ref");
    private static final List<String> PROVIDERS = List.of("env", "file");
    private static final List<String> LATER = List.of("aws-secrets-manager", "vault-kv");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private KeysReader() {}

    static Optional<KeySource> read(YamlValue value) {
        YamlMap map = YamlMap.open(value, EXAMPLE);
        Optional<YamlValue> provider = map.required("provider", "known are " + String.join(", ", PROVIDERS));
        if (provider.isPresent() && LATER.contains(provider.get().text().orElse(""))) {
            provider.get().fault("is not available in this version; available are " + String.join(", ", PROVIDERS));
            return Optional.empty();
        }
        map.refuseUnknown(KEYS);
        Optional<String> known = provider.flatMap(KeysReader::known);
        Optional<String> ref = map.required("ref", "it is the variable's name or the file's path")
                .flatMap(v -> ref(v, known.orElse("")));
        return known.flatMap(p -> ref.map(r -> new KeySource(p, r, Map.of(), Optional.empty())));
    }

    private static Optional<String> known(YamlValue provider) {
        Optional<String> word = provider.text();
        if (word.isPresent() && !PROVIDERS.contains(word.get())) {
            provider.fault("unknown provider '%s'; %s".formatted(word.get(), DidYouMean.hint(word.get(), PROVIDERS)));
            return Optional.empty();
        }
        return word;
    }

    private static Optional<String> ref(YamlValue value, String provider) {
        Optional<String> ref = value.text();
        if (provider.equals("env")
                && ref.isPresent()
                && !VARIABLE.matcher(ref.get()).matches()) {
            value.fault("is not the name of an environment variable; the plan names the place of the keys, "
                    + "it never holds them");
        }
        return ref;
    }
}
