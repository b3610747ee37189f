package dev.sealway.throttle;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a run may burden the server with; what is empty is not measured.
 *
 * @param lag how far the slowest replica may be behind
 * @param walPerSecond bytes of WAL that the whole server writes, the run's and others'
 * @param deadPercent dead rows of a table, of all its rows, before vacuum has come by
 * @param waiting sessions that wait for a lock of the run's
 */
public record Limits(Optional<Duration> lag, OptionalLong walPerSecond, OptionalInt deadPercent, OptionalInt waiting) {

    /** Nothing is measured. */
    public static final Limits NONE =
            new Limits(Optional.empty(), OptionalLong.empty(), OptionalInt.empty(), OptionalInt.empty());

    /** A replica that is a minute behind, and anybody who waits for longer than one look, slow a run down. */
    public static final Limits USUAL = new Limits(
            Optional.of(Duration.ofMinutes(1)), OptionalLong.empty(), OptionalInt.empty(), OptionalInt.of(1));

    public Limits withLag(Duration most) {
        return new Limits(Optional.of(most), walPerSecond, deadPercent, waiting);
    }

    /** @param most bytes */
    public Limits withWalPerSecond(long most) {
        return new Limits(lag, OptionalLong.of(most), deadPercent, waiting);
    }

    public Limits withDeadPercent(int most) {
        return new Limits(lag, walPerSecond, OptionalInt.of(most), waiting);
    }

    public Limits withWaiting(int most) {
        return new Limits(lag, walPerSecond, deadPercent, OptionalInt.of(most));
    }

    /** Whether there is nothing to measure. */
    public boolean isEmpty() {
        return equals(NONE);
    }
}
