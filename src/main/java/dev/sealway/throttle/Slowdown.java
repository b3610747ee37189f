package dev.sealway.throttle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/**
 * How long a run pauses before each batch, and why.
 *
 * <p>The pause doubles with every measurement that is over a limit and halves with every one that is not, so that a run
 * finds the pace that the server bears; it never stops for good.
 *
 * @param reason empty if no limit was passed in the last measurement
 */
public record Slowdown(Duration pause, String reason) {

    public static final Slowdown NONE = new Slowdown(Duration.ZERO, "");

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final double MEGABYTE = 1_000_000;

    /** What follows from a new measurement. */
    public Slowdown next(Burden burden, Limits limits) {
        List<String> reasons = new ArrayList<>();
        limits.lag()
                .ifPresent(most -> over(
                        reasons,
                        burden.lagSeconds(),
                        most.toMillis() / 1000.0,
                        "replication lag %s",
                        v -> number("%.0f s", v)));
        limits.walPerSecond()
                .ifPresent(most ->
                        over(reasons, burden.walPerSecond(), most, "WAL %s", v -> number("%.1f MB/s", v / MEGABYTE)));
        limits.deadPercent()
                .ifPresent(
                        most -> over(reasons, burden.deadPercent(), most, "dead rows %s", v -> number("%.0f %%", v)));
        limits.waiting()
                .ifPresent(most -> over(
                        reasons,
                        burden.waiting().isPresent()
                                ? OptionalDouble.of(burden.waiting().getAsInt())
                                : OptionalDouble.empty(),
                        most,
                        "sessions waiting for a lock %s",
                        v -> number("%.0f", v)));
        return reasons.isEmpty() ? new Slowdown(shorter(), "") : new Slowdown(longer(), String.join(", ", reasons));
    }

    private static void over(
            List<String> reasons, OptionalDouble measured, double most, String what, DoubleFunction<String> words) {
        if (measured.isPresent() && measured.getAsDouble() > most) {
            reasons.add("%s > %s".formatted(what.formatted(words.apply(measured.getAsDouble())), words.apply(most)));
        }
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private Duration longer() {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(FIRST) < 0 ? FIRST : twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
    }

    private Duration shorter() {
        Duration half = pause.dividedBy(2);
        return half.compareTo(FIRST) < 0 ? Duration.ZERO : half;
    }
}
