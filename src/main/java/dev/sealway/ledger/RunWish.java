package dev.sealway.ledger;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * What people want of a run.
 *
 * @param batchSize rows of a batch; empty for what the plan or the run says
 * @param rowsPerSecond at most; empty for no limit
 * @param by who said so last, at {@code at}
 */
public record RunWish(Wish wish, OptionalInt batchSize, OptionalInt rowsPerSecond, String by, Instant at) {

    /** Whether it is to go on. */
    public enum Wish {
        GO,
        PAUSE,
        CANCEL
    }
}
