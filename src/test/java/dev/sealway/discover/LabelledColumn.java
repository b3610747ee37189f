package dev.sealway.discover;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A column of a well-known schema, with what a person says it holds.
 *
 * @param schema its file
 * @param label empty if it is neither personal nor secret
 */
record LabelledColumn(String schema, ColumnFacts facts, Optional<Kind> label) {

    /** @param half {@code tuned} or {@code heldout} */
    static List<LabelledColumn> of(String half) {
        try {
            Path folder = Path.of(Objects.requireNonNull(LabelledColumn.class.getResource(half))
                    .toURI());
            try (var files = Files.list(folder)) {
                return files.sorted().flatMap(f -> read(f).stream()).toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<LabelledColumn> read(Path file) {
        List<LabelledColumn> columns = new ArrayList<>();
        InventedValues values = new InventedValues();
        String table = "";
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith("[")) {
                    table = line.substring(1, line.length() - 1);
                } else if (!line.startsWith("#") && !line.isBlank()) {
                    columns.add(
                            of(file.getFileName().toString().replace(".txt", ""), table, line.split(" ", 4), values));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return columns;
    }

    private static LabelledColumn of(String schema, String table, String[] words, InventedValues values) {
        ValueType type = words[1].equals("enum") ? ValueType.CHOICE : ValueType.of(words[1], 'b');
        Sample sample = type.isWorthReading() ? Sample.of(values.of(words[3].substring(1))) : Sample.NONE;
        return new LabelledColumn(
                schema,
                new ColumnFacts(table, words[0], type, Optional.empty(), sample),
                words[2].equals("none") ? Optional.empty() : Optional.of(Kind.parse(words[2])));
    }

    /** What the detector would put into a plan, or tell of a password hash. */
    Optional<Finding> found() {
        return Detector.look(facts).filter(f -> f.confidence() >= Detector.LIKELY);
    }
}
