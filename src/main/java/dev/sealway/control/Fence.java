package dev.sealway.control;

import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.WritingCheck;
import dev.sealway.ledger.Lease;
import dev.sealway.ledger.Leases;
import java.time.Duration;
import java.util.List;

/**
 * Keeps a run from writing anything once another has taken over one of its tables, however long it slept in between: the
 * leases are looked at in the very transaction that writes, and nobody can take them over before that has ended.
 */
final class Fence implements WritingCheck {

    private final long run;
    private final List<Lease> leases;
    private final Duration term;

    /** @param term of the leases */
    Fence(long run, List<Lease> leases, Duration term) {
        this.run = run;
        this.leases = List.copyOf(leases);
        this.term = term;
    }

    @Override
    public void before(Transaction tx) {
        if (!Leases.in(tx).areCurrent(leases)) {
            throw new LostLeaseException(run, leases);
        }
    }

    /** A process that stands still, or whose host is gone, holds nobody up for longer than it has its leases. */
    @Override
    public Duration longestIdle() {
        return term;
    }
}
