package dev.sealway.control;

import dev.sealway.error.SealwayException;
import dev.sealway.ledger.HeldLease;
import java.time.temporal.ChronoUnit;

/** Another run works on a table. */
public final class LeaseHeldException extends SealwayException {

    private static final long serialVersionUID = 1L;

    private final boolean sessionGone;
    private final String words;

    LeaseHeldException(HeldLease held) {
        super(
                Outcome.REFUSED,
                "another run of Sealway works on %1$s: run %2$d (%3$s) of %4$s, since %5$s; its lease lasts until %6$s and is renewed as long as it lives. Wait until it ends, or end it with 'sealway cancel --run %2$d'"
                        .formatted(
                                held.table(),
                                held.run(),
                                held.verb(),
                                held.holder(),
                                held.since().truncatedTo(ChronoUnit.SECONDS),
                                held.until().truncatedTo(ChronoUnit.SECONDS)));
        this.sessionGone = held.sessionGone();
        this.words = "run %d (%s) of %s has lost its session; its lease on %s ends at %s, which is waited for"
                .formatted(
                        held.run(),
                        held.verb(),
                        held.holder(),
                        held.table(),
                        held.until().truncatedTo(ChronoUnit.SECONDS));
    }

    /** Whether the run that holds it may be dead, so that it is worth waiting until its lease ends. */
    boolean isWorthWaiting() {
        return sessionGone;
    }

    String waiting() {
        return words;
    }
}
