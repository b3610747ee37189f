package dev.sealway.workflow;

import java.time.Duration;

/**
 * How old what an application holds may become, all in nanoseconds.
 *
 * @param nanos after which it is renewed by whoever comes first
 */
record RenewalTerm(long nanos) {

    private static final long SHORTEST_PAUSE = Duration.ofSeconds(1).toNanos();
    private static final int PAUSES_IN_A_TERM = 10;

    static RenewalTerm of(Duration term) {
        return new RenewalTerm(Math.min(term.toNanos(), Long.MAX_VALUE / 4));
    }

    /** After which everybody waits for it to be renewed, and nothing is sealed while it cannot be. */
    long grace() {
        return 2 * nanos;
    }

    /** From a failure to the next attempt. */
    long pause() {
        return Math.min(nanos, Math.max(SHORTEST_PAUSE, nanos / PAUSES_IN_A_TERM));
    }
}
