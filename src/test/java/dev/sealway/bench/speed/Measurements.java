package dev.sealway.bench.speed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** What was measured, round by round: rows per second as a rule. */
final class Measurements {

    /** Of several rounds. */
    record Spread(double least, double median, double most) {

        static Spread of(DoubleStream values) {
            double[] sorted = values.sorted().toArray();
            int middle = sorted.length / 2;
            double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
            return new Spread(sorted[0], median, sorted[sorted.length - 1]);
        }
    }

    private final Map<String, List<Double>> rates = new LinkedHashMap<>();
    private final Map<String, Integer> rows = new LinkedHashMap<>();

    /** @return the rate */
    double add(String what, int count, double seconds) {
        rows.put(what, count);
        rates.computeIfAbsent(what, w -> new ArrayList<>()).add(count / seconds);
        return count / seconds;
    }

    /** Something else than a rate. */
    void put(String what, double value) {
        rates.computeIfAbsent(what, w -> new ArrayList<>()).add(value);
    }

    boolean has(String what) {
        return rates.containsKey(what);
    }

    List<String> names() {
        return List.copyOf(rates.keySet());
    }

    /** How many rows the table had. */
    int rows(String what) {
        return rows.getOrDefault(what, 0);
    }

    Spread rate(String what) {
        return Spread.of(of(what).stream().mapToDouble(r -> r));
    }

    /** Each round's rate against the same round's rate of something else. */
    Spread ratio(String what, String to) {
        List<Double> above = of(what);
        List<Double> below = of(to);
        return Spread.of(IntStream.range(0, Math.min(above.size(), below.size()))
                .mapToDouble(round -> above.get(round) / below.get(round)));
    }

    private List<Double> of(String what) {
        List<Double> found = rates.get(what);
        if (found == null) {
            throw new IllegalArgumentException("'%s' was not measured".formatted(what));
        }
        return found;
    }
}
