package dev.sealway.planfile;

import dev.sealway.plan.DidYouMean;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One setting of a provider of keys or of a cipher. What stands under it is never quoted: it might be a secret by
 * mistake.
 *
 * @param form reads the value, or adds a fault
 * @param missing what is told if it is missing; empty if it may be
 */
record Setting(String name, Function<YamlValue, Optional<String>> form, Optional<String> missing) {

    /** No user, no password: before an {@code @} they would stand. */
    private static final Pattern URL = Pattern.compile("https?://[^\\s@/?#]+(/[^\\s@?#]*)?");

    /** Segments, without a slash at the ends: what else a URL reads into a path stays out of it. */
    static final Pattern PATH = Pattern.compile("[^\\s/?#%{}\"]+(/[^\\s/?#%{}\"]+)*");

    /** What Vault takes for the name of a key. */
    private static final Pattern KEY_NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?");

    static Setting text(String name) {
        return of(name, SecretNames::harmless);
    }

    static Setting url(String name) {
        return matching(
                name, URL, "is not an address such as https://vault.example.com:8200, without user and password");
    }

    static Setting path(String name) {
        return matching(name, PATH, "is not a path such as team/transit, without slashes at its ends");
    }

    static Setting keyName(String name) {
        return matching(name, KEY_NAME, "is not a name that Vault has for keys: letters, digits, '_', '-' and '.'");
    }

    static Setting word(String name, List<String> known) {
        return of(name, value -> {
            Optional<String> word = value.text();
            Optional<String> found = word.filter(known::contains);
            if (word.isPresent() && found.isEmpty()) {
                value.fault("is none of the known words; " + DidYouMean.hint(word.get(), known));
            }
            return found;
        });
    }

    static Setting number(String name, int least, int most) {
        return of(name, value -> {
            OptionalInt number = value.wholeNumber(least, most);
            return number.isPresent() ? Optional.of(Integer.toString(number.getAsInt())) : Optional.empty();
        });
    }

    Setting required(String cure) {
        return new Setting(name, form, Optional.of(cure));
    }

    /** What {@code map} says of {@code known}; the map's other keys are not looked at. */
    static Map<String, String> readAll(YamlMap map, List<Setting> known) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (Setting setting : known) {
            Optional<YamlValue> value = setting.missing
                    .map(cure -> map.required(setting.name, cure))
                    .orElseGet(() -> map.value(setting.name));
            value.flatMap(setting.form).ifPresent(said -> settings.put(setting.name, said));
        }
        return settings;
    }

    private static Setting matching(String name, Pattern pattern, String otherwise) {
        return of(name, value -> {
            Optional<String> text = SecretNames.harmless(value);
            Optional<String> found = text.filter(t -> pattern.matcher(t).matches());
            if (text.isPresent() && found.isEmpty()) {
                value.fault(otherwise);
            }
            return found;
        });
    }

    private static Setting of(String name, Function<YamlValue, Optional<String>> form) {
        return new Setting(name, form, Optional.empty());
    }
}
