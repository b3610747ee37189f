package dev.sealway.chaos;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Counts the faults of a whole run of tests and what they did, and tells at its end: on the console and in a file. Where
 * several processes run the tests, each keeps its own count beside those of the others, and whoever ends tells the sum.
 */
public final class Tally implements BeforeAllCallback {

    private static final Path TARGET = Path.of("target");
    private static final Count HERE = new Count();

    /** One fault was injected, and what was asked for came to its end all the same. */
    static void fault(String kind) {
        faults(kind, 1);
    }

    static void faults(String kind, long count) {
        HERE.faults(kind, count);
    }

    static void add(Compared compared, int quoted) {
        HERE.compared(compared, quoted);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(Namespace.create(Tally.class))
                .getOrComputeIfAbsent(Tally.class, key -> (AutoCloseable) Tally::tell, AutoCloseable.class);
    }

    private static void tell() throws IOException {
        Count count = new Count();
        count.add(HERE);
        count.seed(Settings.seed());
        System.out.println(tell(
                count,
                TARGET,
                Settings.run(),
                Long.toString(ProcessHandle.current().pid())));
    }

    /**
     * Leaves what one process has counted so far, in place of what it left before.
     *
     * @param run of whose processes the counts are summed
     * @return the sum, which also stands in {@code chaos.txt}
     */
    static String tell(Count count, Path target, String run, String process) throws IOException {
        Path counts = target.resolve("chaos-counts").resolve(run.replaceAll("[^A-Za-z0-9-]", "-"));
        Files.createDirectories(counts);
        try (FileChannel gate =
                        FileChannel.open(counts.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = gate.lock()) {
            count.write(counts.resolve(process + ".count"));
            Count all = new Count();
            for (Path file : files(counts)) {
                all.add(Count.read(file));
            }
            Files.writeString(target.resolve("chaos.txt"), all.line() + System.lineSeparator());
            return all.line();
        }
    }

    private static List<Path> files(Path counts) throws IOException {
        try (Stream<Path> files = Files.list(counts)) {
            return files.filter(file -> file.toString().endsWith(".count")).toList();
        }
    }
}
