package dev.sealway.chaos;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What was counted, by name: faults by their kind, and what comparisons found. Thread-safe.
 *
 * <p>As a file it is a {@link Properties} file.
 */
final class Count {

    private static final String FAULT = "fault ";
    private static final String SEED = "seed ";

    private final SortedMap<String, Long> counted = new TreeMap<>();

    static Count read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        Count count = new Count();
        properties.stringPropertyNames().forEach(n -> count.add(n, Long.parseLong(properties.getProperty(n))));
        return count;
    }

    synchronized void write(Path file) throws IOException {
        Properties properties = new Properties();
        counted.forEach((name, value) -> properties.setProperty(name, Long.toString(value)));
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
    }

    void faults(String kind, long survived) {
        add(FAULT + kind, survived);
    }

    void compared(Compared compared, int quoted) {
        add("rows", compared.rows());
        add("lost", compared.lost().size());
        add("stale", compared.stale().size());
        add("twice", compared.twice().size());
        add("quoted", quoted);
    }

    void seed(long seed) {
        add(SEED + seed, 1);
    }

    synchronized void add(Count other) {
        other.copy().forEach(this::add);
    }

    private synchronized void add(String name, long value) {
        counted.merge(name, value, Long::sum);
    }

    private synchronized Map<String, Long> copy() {
        return Map.copyOf(counted);
    }

    synchronized String line() {
        SortedMap<String, Long> faults = behind(FAULT);
        return "faults injected and survived: %d (%s); rows compared: %d; lost %d, stale %d, sealed twice %d, plaintext in output %d; seed %s"
                .formatted(
                        faults.values().stream().mapToLong(v -> v).sum(),
                        faults.entrySet().stream()
                                .map(f -> f.getKey() + " " + f.getValue())
                                .collect(Collectors.joining(", ")),
                        of("rows"),
                        of("lost"),
                        of("stale"),
                        of("twice"),
                        of("quoted"),
                        String.join(", ", behind(SEED).keySet()));
    }

    private long of(String name) {
        return counted.getOrDefault(name, 0L);
    }

    private SortedMap<String, Long> behind(String prefix) {
        SortedMap<String, Long> found = new TreeMap<>();
        counted.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), value);
            }
        });
        return found;
    }
}
