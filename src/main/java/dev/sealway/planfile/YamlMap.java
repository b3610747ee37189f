package dev.sealway.planfile;

import dev.sealway.plan.DidYouMean;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The entries of one mapping of the file, in order, each key once. */
final class YamlMap {

    private final YamlValue owner;
    private final Map<String, YamlValue> entries = new LinkedHashMap<>();

    private YamlMap(YamlValue owner) {
        this.owner = owner;
    }

    /** A mapping whose keys the user chooses: names of tables, say. Nothing after the colon is an empty mapping. */
    static YamlMap open(YamlValue value, String example) {
        YamlMap map = new YamlMap(value);
        if (value.node() instanceof MappingNode mapping) {
            mapping.getValue().forEach(map::add);
        } else if (!value.isEmpty()) {
            value.fault("must be a mapping, such as " + example);
        }
        return map;
    }

    /** A mapping with keys out of {@code known} only; the other keys are faults. */
    static YamlMap closed(YamlValue value, List<String> known, String example) {
        YamlMap map = open(value, example);
        map.refuseUnknown(known);
        return map;
    }

    void refuseUnknown(List<String> known) {
        entries.values().stream()
                .filter(v -> !known.contains(v.name()))
                .forEach(v -> v.faultOfKey("unknown key; " + DidYouMean.hint(v.name(), known)));
    }

    List<YamlValue> values() {
        return List.copyOf(entries.values());
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    Optional<YamlValue> value(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** As {@link #value}, with a fault if it is missing. */
    Optional<YamlValue> required(String key, String cure) {
        if (!entries.containsKey(key)) {
            owner.faults().add(owner.key(), place(key), "is missing; " + cure);
        }
        return value(key);
    }

    private void add(NodeTuple entry) {
        Node key = entry.getKeyNode();
        Optional<String> name = name(key);
        if (name.isEmpty()) {
            owner.faults().add(key, owner.place(), "every key must be a text; put it into quotes");
            return;
        }
        YamlValue value = new YamlValue(key, entry.getValueNode(), name.get(), place(name.get()), owner.faults());
        YamlValue first = entries.putIfAbsent(name.get(), value);
        if (first != null) {
            value.faultOfKey("stands here twice; line %d has it already".formatted(first.line()));
        }
    }

    private static Optional<String> name(Node key) {
        return key instanceof ScalarNode scalar && key.getTag().equals(Tag.STR)
                ? Optional.of(scalar.getValue())
                : Optional.empty();
    }

    private String place(String key) {
        return owner.place().isEmpty() ? key : owner.place() + "." + key;
    }
}
