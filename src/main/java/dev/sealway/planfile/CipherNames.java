package dev.sealway.planfile;

import dev.sealway.crypto.Ciphers;
import dev.sealway.plan.DidYouMean;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The ciphers that the plan declares, and which of them its tables choose. Not thread-safe. */
final class CipherNames {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");

    private final Map<String, YamlValue> declared = new LinkedHashMap<>();
    private final Set<String> chosen = new HashSet<>();

    void declare(YamlValue entry) {
        if (entry.name().equals(Ciphers.TINK)) {
            entry.faultOfKey("is the name of the key bundle's own cipher, which needs no entry; take another name");
        } else if (!NAME.matcher(entry.name()).matches()) {
            entry.faultOfKey("must have 1 to 63 letters, digits, '_' and '-', and begin with a letter or digit");
        } else {
            declared.put(entry.name(), entry);
        }
    }

    /** The name of a cipher that there is; a wrong one is given back too, so that one fault does not bring others. */
    Optional<String> read(YamlValue value) {
        Optional<String> name = value.text();
        Set<String> known = new TreeSet<>(declared.keySet());
        known.add(Ciphers.TINK);
        if (name.isPresent() && !known.contains(name.get())) {
            value.fault("there is no cipher '%s' under ciphers; %s"
                    .formatted(name.get(), DidYouMean.hint(name.get(), known)));
        }
        return name;
    }

    void choose(String name) {
        chosen.add(name);
    }

    /** A cipher without a table may be a table without its cipher. */
    void refuseUnchosen() {
        declared.forEach((name, entry) -> {
            if (!chosen.contains(name)) {
                entry.faultOfKey("is chosen by no table; say cipher: %s there, or take this entry out".formatted(name));
            }
        });
    }
}
