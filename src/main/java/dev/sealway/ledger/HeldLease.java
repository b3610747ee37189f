package dev.sealway.ledger;

import java.time.Instant;

/**
 * A lease that was taken and not given back, by the database's clock.
 *
 * @param expired whether its holder has not renewed it in time
 * @param sessionGone whether the session of its run is gone
 */
public record HeldLease(
        String table,
        LeaseHolder holder,
        long run,
        String verb,
        Instant since,
        Instant until,
        boolean expired,
        boolean sessionGone) {

    /** Whether another may have it: its time is over, or its holder has died before this one's eyes. */
    public boolean isFreeFor(LeaseHolder other) {
        return expired || (sessionGone && holder.isGoneFrom(other));
    }
}
