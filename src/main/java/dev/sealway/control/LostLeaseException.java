package dev.sealway.control;

import dev.sealway.error.SealwayException;
import dev.sealway.ledger.Lease;
import java.util.List;
import java.util.stream.Collectors;

/** A run stood still for so long that another took over its tables. */
public final class LostLeaseException extends SealwayException {

    private static final long serialVersionUID = 1L;

    LostLeaseException(long run, List<Lease> leases) {
        super(
                Outcome.FAILED,
                "run %d has lost its lease on %s: it stood still for longer than its lease, and another run took over. Nothing more was written by this one; what it had committed stays, and the other goes on from there (sealway status)"
                        .formatted(run, leases.stream().map(Lease::name).collect(Collectors.joining(", "))));
    }
}
