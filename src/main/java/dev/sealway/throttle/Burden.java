package dev.sealway.throttle;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What was measured; empty is what nobody wanted to know, or could not be.
 *
 * @param lagSeconds of the slowest replica
 * @param walPerSecond bytes since the measurement before
 * @param deadPercent of the table that is worst off
 * @param waiting sessions
 */
public record Burden(
        OptionalDouble lagSeconds, OptionalDouble walPerSecond, OptionalDouble deadPercent, OptionalInt waiting) {

    public static final Burden NONE =
            new Burden(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), OptionalInt.empty());
}
