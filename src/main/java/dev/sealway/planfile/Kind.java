package dev.sealway.planfile;

import dev.sealway.plan.DidYouMean;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One of several things that the plan can name in one place, and what it says of it.
 *
 * @param word the provider, the kind
 * @param settings those that are set, by name
 */
record Kind(String word, Map<String, String> settings) {

    /**
     * @param selector the key that says the kind
     * @param known the settings of each kind
     * @param others the keys that stand beside the settings of every kind
     */
    static Optional<Kind> read(YamlMap map, String selector, Map<String, List<Setting>> known, List<String> others) {
        List<String> words = List.copyOf(new TreeMap<>(known).keySet());
        Optional<String> word = map.required(selector, "known are " + String.join(", ", words))
                .flatMap(value -> word(value, selector, words));
        if (word.isEmpty()) {
            refuseSecrets(map);
            return Optional.empty();
        }
        List<Setting> settings = known.getOrDefault(word.get(), List.of());
        refuseUnknown(
                map,
                Stream.of(List.of(selector), others, names(settings))
                        .flatMap(List::stream)
                        .toList());
        Map<String, String> said = Setting.readAll(map, settings);
        if (settings.stream().anyMatch(VaultLogin::isLogin)) {
            VaultLogin.checkLogin(map);
        }
        return Optional.of(new Kind(word.get(), said));
    }

    private static Optional<String> word(YamlValue value, String selector, List<String> known) {
        Optional<String> word = SecretNames.harmless(value);
        if (word.isPresent() && !known.contains(word.get())) {
            value.fault("unknown %s '%s'; %s".formatted(selector, word.get(), DidYouMean.hint(word.get(), known)));
            return Optional.empty();
        }
        return word;
    }

    private static void refuseUnknown(YamlMap map, List<String> known) {
        map.values().stream()
                .filter(v -> !known.contains(v.name()))
                .forEach(v -> v.faultOfKey(SecretNames.refusal(v.name())
                        .orElseGet(() -> "unknown key; " + DidYouMean.hint(v.name(), known))));
    }

    /** All that can be said of settings as long as nobody knows what they belong to. */
    private static void refuseSecrets(YamlMap map) {
        map.values().forEach(v -> SecretNames.refusal(v.name()).ifPresent(v::faultOfKey));
    }

    private static List<String> names(List<Setting> settings) {
        return settings.stream().map(Setting::name).toList();
    }
}
