package dev.sealway.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Counts the faults of a whole run of tests and what they did, and tells at its end: on the console and in a file. */
public final class Tally implements BeforeAllCallback {

    private static final Path FILE = Path.of("target", "chaos.txt");
    private static final Map<String, AtomicLong> FAULTS = new ConcurrentSkipListMap<>();
    private static final AtomicLong ROWS = new AtomicLong();
    private static final AtomicLong LOST = new AtomicLong();
    private static final AtomicLong STALE = new AtomicLong();
    private static final AtomicLong TWICE = new AtomicLong();
    private static final AtomicLong QUOTED = new AtomicLong();

    /** One fault was injected, and what was asked for came to its end all the same. */
    static void fault(String kind) {
        faults(kind, 1);
    }

    static void faults(String kind, long count) {
        FAULTS.computeIfAbsent(kind, k -> new AtomicLong()).addAndGet(count);
    }

    static void add(Compared compared, int quoted) {
        ROWS.addAndGet(compared.rows());
        LOST.addAndGet(compared.lost().size());
        STALE.addAndGet(compared.stale().size());
        TWICE.addAndGet(compared.twice().size());
        QUOTED.addAndGet(quoted);
    }

    static String summary() {
        long faults = FAULTS.values().stream().mapToLong(AtomicLong::get).sum();
        return "faults injected and survived: %d (%s); rows compared: %d; lost %d, stale %d, sealed twice %d, plaintext in output %d"
                .formatted(
                        faults,
                        String.join(
                                ", ",
                                FAULTS.entrySet().stream()
                                        .map(e -> e.getKey() + " " + e.getValue())
                                        .toList()),
                        ROWS.get(),
                        LOST.get(),
                        STALE.get(),
                        TWICE.get(),
                        QUOTED.get());
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(Namespace.create(Tally.class))
                .getOrComputeIfAbsent(Tally.class, key -> (AutoCloseable) Tally::tell, AutoCloseable.class);
    }

    private static void tell() throws IOException {
        String line = "%s; seed %d".formatted(summary(), Settings.seed());
        System.out.println(line);
        Files.createDirectories(FILE.toAbsolutePath().getParent());
        Files.writeString(FILE, line + System.lineSeparator());
    }
}
