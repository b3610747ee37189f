package dev.sealway.planfile;

import dev.sealway.error.SealwayException;
import dev.sealway.json.Json;
import dev.sealway.plan.KeySource;
import dev.sealway.plan.PlanRefusedException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads where a key bundle lives from what was typed, by the law that holds for a plan. */
public final class KeyPlaceReader {

    private KeyPlaceReader() {}

    /**
     * @param settings of the provider, by name
     * @throws SealwayException with every fault: an unknown provider or setting, a value of another form, a secret
     */
    public static KeySource read(String provider, String ref, Map<String, String> settings) {
        Map<String, String> typed = new LinkedHashMap<>(settings);
        typed.put("provider", provider);
        typed.put("ref", ref);
        Faults faults = new Faults("keys");
        // JSON is YAML too, and whatever a text holds stays within its quotes.
        Optional<KeySource> source = YamlText.compose(Json.compact(typed), faults)
                .flatMap(root -> KeysReader.read(YamlValue.root(root, faults)));
        try {
            faults.refuse();
        } catch (PlanRefusedException e) {
            throw SealwayException.wrongUsage("this is no place for keys, nothing was made:\n%s"
                    .formatted(e.faults().stream()
                            .map(fault -> "  %s: %s".formatted(fault.place(), fault.message()))
                            .collect(Collectors.joining("\n"))));
        }
        return source.orElseThrow();
    }
}
