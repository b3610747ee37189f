package dev.sealway.discover;

import dev.sealway.json.Json;
import dev.sealway.json.NotJsonException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks into documents: each key is judged as if it were a column. */
final class JsonKeys {

    private static final int MOST_KEYS = 400;
    private static final int LONGEST = 512;
    private static final int FEWEST_DOCUMENTS = 2;
    private static final double FEWEST_SHARE = 0.2;

    private final ColumnFacts column;
    private final Map<List<String>, List<String>> values = new LinkedHashMap<>();

    private JsonKeys(ColumnFacts column) {
        this.column = column;
    }

    static Optional<Finding> look(ColumnFacts column) {
        JsonKeys keys = new JsonKeys(column);
        column.sample().stream().forEach(keys::read);
        Comparator<Finding> mostCertain = Comparator.comparingInt(Finding::confidence);
        List<Finding> findings = keys.values.keySet().stream()
                .flatMap(path -> keys.look(path).stream())
                .sorted(mostCertain.reversed())
                .toList();
        return findings.stream().findFirst().map(f -> told(f, findings.size()));
    }

    private static Finding told(Finding best, int count) {
        String others = count == 1 ? "" : "; keys that look like personal data in all: %d".formatted(count);
        return new Finding(best.kind(), best.confidence(), best.reason() + others, Optional.empty());
    }

    private void read(String document) {
        try {
            walk(List.of(), Json.parse(document));
        } catch (NotJsonException cutOff) {
            // a document that was too long to be read whole says nothing
        }
    }

    private void walk(List<String> path, @Nullable Object value) {
        if (value instanceof Map<?, ?> members) {
            members.forEach((name, member) -> walk(longer(path, (String) name), member));
        } else if (value instanceof List<?> elements) {
            elements.forEach(element -> walk(path, element));
        } else if (value != null && (values.containsKey(path) || values.size() < MOST_KEYS)) {
            values.computeIfAbsent(path, p -> new ArrayList<>()).add(beginning(value.toString()));
        }
    }

    private static String beginning(String text) {
        return text.substring(0, Math.min(LONGEST, text.length()));
    }

    private static List<String> longer(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return List.copyOf(longer);
    }

    private Optional<Finding> look(List<String> path) {
        List<String> texts = values.getOrDefault(path, List.of());
        String table = path.size() > 1 ? path.get(path.size() - 2) : column.table();
        String name = path.isEmpty() ? column.name() : path.get(path.size() - 1);
        return Detector.look(new ColumnFacts(table, name, ValueType.TEXT, Optional.empty(), Sample.of(texts)))
                .map(f -> new Finding(
                        f.kind(),
                        f.confidence(),
                        "%s: %s".formatted(shown(path, texts.size()), f.reason()),
                        Optional.empty()));
    }

    /** A key that few documents have may itself be a value: a map by e-mail address, by person. */
    private String shown(List<String> path, int count) {
        boolean common = count >= FEWEST_DOCUMENTS
                && count >= FEWEST_SHARE * column.sample().size();
        boolean harmless = !path.isEmpty() && path.stream().allMatch(k -> k.matches("[A-Za-z_][A-Za-z0-9_-]{0,40}"));
        return common && harmless ? "key %s".formatted(String.join(".", path)) : "a key";
    }
}
