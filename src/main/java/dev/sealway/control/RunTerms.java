package dev.sealway.control;

import dev.sealway.throttle.Limits;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Under what terms runs work.
 *
 * @param lease how long a run that does not answer keeps others off its tables; at least a tenth of a second
 * @param limits what it may burden the server with
 * @param cancelled whether this process wants its run to end, asked between batches
 */
public record RunTerms(Duration lease, Limits limits, BooleanSupplier cancelled) {

    public static final RunTerms USUAL = new RunTerms(Duration.ofSeconds(60), Limits.USUAL, () -> false);

    public RunTerms {
        if (lease.toMillis() < 100) {
            throw new IllegalArgumentException("a lease shorter than a tenth of a second cannot be renewed in time");
        }
    }

    public RunTerms withLease(Duration other) {
        return new RunTerms(other, limits, cancelled);
    }

    public RunTerms withLimits(Limits other) {
        return new RunTerms(lease, other, cancelled);
    }

    public RunTerms withCancelled(BooleanSupplier other) {
        return new RunTerms(lease, limits, other);
    }
}
