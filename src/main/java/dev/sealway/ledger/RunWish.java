package dev.sealway.ledger;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * What people want of a run.
 *
 * @param batchSize rows of a batch; empty for what the plan or the run says
 * @param rowsPerSecond at most; empty for no limit
 * @param workers how many may write at once; empty for as many as the run has
 * @param by who said so last, at {@code at}
 */
public record RunWish(
        Wish wish, OptionalInt batchSize, OptionalInt rowsPerSecond, OptionalInt workers, String by, Instant at) {

    /** Whether it is to go on. */
    public enum Wish {
        GO,
        PAUSE,
        CANCEL
    }
}
