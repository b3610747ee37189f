package dev.sealway.phase.purge;

import java.time.Duration;

/**
 * One part of a purge.
 *
 * @param what {@code public.users}, {@code statistics}, {@code write-ahead log}
 * @param bytesBefore of the files; 0 where it was not measured
 * @param detail why it is not rewritten, and what to do; empty if it is
 */
public record PurgeStep(String what, Outcome outcome, long bytesBefore, long bytesAfter, Duration took, String detail) {

    /** How far a part came. */
    public enum Outcome {
        /** It was rewritten now. */
        REWRITTEN,
        /** It had been rewritten since the drop. */
        ALREADY,
        /** This role, or this server, does not allow it; what it holds is residual. */
        RESIDUAL,
        /** It may work another time. */
        FAILED
    }

    static PurgeStep left(String what, Outcome outcome, String detail) {
        return new PurgeStep(what, outcome, 0, 0, Duration.ZERO, detail);
    }
}
