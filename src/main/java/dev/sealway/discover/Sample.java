package dev.sealway.discover;

import dev.sealway.discover.form.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Some values of a column, to be judged and never shown. Immutable. */
public final class Sample {

    public static final Sample NONE = new Sample(List.of());

    private final List<String> values;

    private Sample(List<String> values) {
        this.values = values;
    }

    /** @param texts values in their text form; empty ones do not count */
    public static Sample of(List<String> texts) {
        return new Sample(
                texts.stream().map(String::strip).filter(t -> !t.isEmpty()).toList());
    }

    /** How many values there are. */
    public int size() {
        return values.size();
    }

    Stream<String> stream() {
        return values.stream();
    }

    /** Whether the values are arrays in PostgreSQL's text form. */
    boolean isArrays() {
        return !values.isEmpty()
                && values.stream().allMatch(v -> v.startsWith("{") && v.endsWith("}"))
                && !isDocuments();
    }

    /** Whether the values are JSON objects. */
    boolean isDocuments() {
        return !values.isEmpty() && values.stream().allMatch(v -> v.startsWith("{\"") && v.endsWith("}"));
    }

    /** The elements of arrays in PostgreSQL's text form, {@code {a,"b c"}}, in place of the arrays. */
    Sample elements() {
        List<String> elements = new ArrayList<>();
        for (String value : values) {
            for (String element : value.replaceAll("^\\{|}$", "").split(",")) {
                elements.add(element.replace("\"", ""));
            }
        }
        return of(elements);
    }

    /** How many of the values have a form. */
    record Share(Shape shape, long fitting, int of) {
        double share() {
            return of == 0 ? 0 : (double) fitting / of;
        }

        /** {@code 97 % of 1,000 sampled values are IBANs}. */
        String words() {
            return String.format(
                    Locale.ROOT, "%.0f %% of %,d sampled values are %s", Math.floor(100 * share()), of, shape.words());
        }
    }

    Share share(Shape shape) {
        return new Share(shape, values.stream().filter(shape::fits).count(), size());
    }

    /** The form of {@code shapes} that most values have. */
    Optional<Share> best(List<Shape> shapes) {
        return shapes.stream().map(this::share).max(Comparator.comparingDouble(Share::share));
    }

    long distinct() {
        return values.stream().distinct().count();
    }

    /** Values are for nobody's eyes. */
    @Override
    public String toString() {
        return "Sample[%d values]".formatted(values.size());
    }
}
