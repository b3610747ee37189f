package dev.sealway.planfile;

import dev.sealway.plan.DidYouMean;
import dev.sealway.plan.Disposition;
import dev.sealway.plan.Disposition.Action;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what is to become of the objects that hang on the plaintext columns of one table. */
final class DispositionReader {

    private static final String REPLACE = "replace-with";
    private static final String EXAMPLE = "{ \"index users_email_lower_idx\": drop }";
    private static final Map<String, Action> ACTIONS =
            Map.of("drop", Action.DROP, "accept", Action.ACCEPT, "keep", Action.KEEP);

    private DispositionReader() {}

    static Map<String, Disposition> readAll(YamlValue value) {
        Map<String, Disposition> all = new LinkedHashMap<>();
        for (YamlValue entry : YamlMap.open(value, EXAMPLE).values()) {
            checkKey(entry);
            disposition(entry).ifPresent(d -> all.put(entry.name(), d));
        }
        return all;
    }

    private static void checkKey(YamlValue entry) {
        String key = entry.name();
        if (Disposition.KINDS.stream().anyMatch(kind -> namesOne(key, kind))) {
            return;
        }
        String kind = key.contains(" ") ? key.substring(0, key.lastIndexOf(' ')) : key;
        entry.faultOfKey(
                Disposition.KINDS.contains(kind.strip())
                        ? "names no object; write it as the plan command prints it: %s <name>".formatted(kind.strip())
                        : "begins with no kind of object; write <kind> <name>; "
                                + DidYouMean.hint(kind, Disposition.KINDS));
    }

    private static boolean namesOne(String key, String kind) {
        return key.startsWith(kind + " ") && !key.substring(kind.length()).isBlank();
    }

    private static Optional<Disposition> disposition(YamlValue entry) {
        if (entry.isMap()) {
            return YamlMap.closed(entry, List.of(REPLACE), "{ replace-with: <name> }")
                    .required(REPLACE, "name the object that takes its place, or write drop, accept or keep")
                    .flatMap(YamlValue::text)
                    .map(Disposition::replaceWith);
        }
        Optional<String> word = entry.text();
        Optional<Action> action = word.map(ACTIONS::get);
        if (word.isPresent() && action.isEmpty()) {
            entry.fault("unknown decision '%s'; write drop, accept, keep or { replace-with: <name> }"
                    .formatted(word.get()));
        }
        return action.map(Disposition::of);
    }
}
