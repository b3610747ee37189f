package dev.sealway.control;

import dev.sealway.throttle.Limits;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/**
 * Under what terms runs work.
 *
 * @param lease how long a run that does not answer keeps others off its tables; at least a tenth of a second
 * @param limits what it may burden the server with
 * @param rowsPerSecond that it walks at most, until it is told otherwise; empty for no limit
 * @param cancelled whether this process wants its run to end, asked between batches
 */
public record RunTerms(Duration lease, Limits limits, OptionalInt rowsPerSecond, BooleanSupplier cancelled) {

    public static final RunTerms USUAL =
            new RunTerms(Duration.ofSeconds(60), Limits.USUAL, OptionalInt.empty(), () -> false);

    public RunTerms {
        if (lease.toMillis() < 100) {
            throw new IllegalArgumentException("a lease shorter than a tenth of a second cannot be renewed in time");
        }
        if (rowsPerSecond.isPresent() && rowsPerSecond.getAsInt() < 1) {
            throw new IllegalArgumentException("a run walks at least one row per second");
        }
    }

    public RunTerms withLease(Duration other) {
        return new RunTerms(other, limits, rowsPerSecond, cancelled);
    }

    public RunTerms withLimits(Limits other) {
        return new RunTerms(lease, other, rowsPerSecond, cancelled);
    }

    public RunTerms withRowsPerSecond(int most) {
        return new RunTerms(lease, limits, OptionalInt.of(most), cancelled);
    }

    public RunTerms withCancelled(BooleanSupplier other) {
        return new RunTerms(lease, limits, rowsPerSecond, other);
    }
}
