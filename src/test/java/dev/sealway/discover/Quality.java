package dev.sealway.discover;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How well a set of labelled columns is judged.
 *
 * @param columns all
 * @param right found, and labelled as personal or secret
 * @param ofKind those of {@code right} whose kind is the label's
 */
record Quality(int columns, int labelled, int found, int right, int ofKind) {

    static Quality of(List<LabelledColumn> columns) {
        List<LabelledColumn> found =
                columns.stream().filter(c -> c.found().isPresent()).toList();
        List<LabelledColumn> right =
                found.stream().filter(c -> c.label().isPresent()).toList();
        return new Quality(
                columns.size(),
                (int) columns.stream().filter(c -> c.label().isPresent()).count(),
                found.size(),
                right.size(),
                (int) right.stream()
                        .filter(c -> c.found().map(Finding::kind).equals(c.label()))
                        .count());
    }

    double precision() {
        return (double) right / found;
    }

    double recall() {
        return (double) right / labelled;
    }

    /** A row of the table in the reference. */
    String row(String set) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %.1f %% | %.1f %% | %.1f %% |",
                set,
                columns,
                labelled,
                found,
                100 * precision(),
                100 * recall(),
                100.0 * ofKind / right);
    }

    /** What was judged otherwise than labelled, a line each. */
    static Stream<String> mistakes(List<LabelledColumn> columns) {
        return columns.stream()
                .filter(c -> c.found().isPresent() != c.label().isPresent())
                .map(c -> "%s %s.%s: %s, and not %s"
                        .formatted(
                                c.schema(),
                                c.facts().table(),
                                c.facts().name(),
                                words(Detector.look(c.facts())),
                                c.label().map(Kind::id).orElse("none")));
    }

    private static String words(Optional<Finding> finding) {
        return finding.map(f -> "%s %d (%s)".formatted(f.kind().id(), f.confidence(), f.reason()))
                .orElse("none");
    }
}
