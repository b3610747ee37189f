package dev.sealway.batch;

import dev.sealway.patience.Patience;
import dev.sealway.progress.Progress;
import java.time.Duration;

/**
 * How a walk behaves; none of it changes what it writes.
 *
 * @param batchSize rows read at a time, at least 1
 * @param lockTimeout how long a statement waits for a lock
 * @param statementTimeout how long a statement may run
 * @param patience with batches that met a lock or a deadlock
 * @param pace asked between batches
 * @param workers how many ranges of a table are walked at once, each on two sessions; at least 1
 * @param leastAtOnce how few rows {@link WriteOrder} may put into one transaction to write those that lie apart together;
 *     at least 1
 */
public record WalkSettings(
        int batchSize,
        Duration lockTimeout,
        Duration statementTimeout,
        Patience patience,
        Progress progress,
        WalkListener listener,
        Pace pace,
        int workers,
        int leastAtOnce) {

    /** Smaller transactions cost more than the order saves. */
    private static final int LEAST_AT_ONCE = 500;

    public WalkSettings {
        if (workers < 1) {
            throw new IllegalArgumentException("a walk takes at least one worker");
        }
        if (leastAtOnce < 1) {
            throw new IllegalArgumentException("a transaction writes at least one row");
        }
    }

    /** At a pace of its own, with one worker. */
    public WalkSettings(
            int batchSize,
            Duration lockTimeout,
            Duration statementTimeout,
            Patience patience,
            Progress progress,
            WalkListener listener) {
        this(batchSize, lockTimeout, statementTimeout, patience, progress, listener, Pace.NONE, 1, LEAST_AT_ONCE);
    }

    public WalkSettings withBatchSize(int size) {
        return new WalkSettings(
                size, lockTimeout, statementTimeout, patience, progress, listener, pace, workers, leastAtOnce);
    }

    public WalkSettings withListener(WalkListener other) {
        return new WalkSettings(
                batchSize, lockTimeout, statementTimeout, patience, progress, other, pace, workers, leastAtOnce);
    }

    public WalkSettings withPace(Pace other) {
        return new WalkSettings(
                batchSize, lockTimeout, statementTimeout, patience, progress, listener, other, workers, leastAtOnce);
    }

    public WalkSettings withWorkers(int many) {
        return new WalkSettings(
                batchSize, lockTimeout, statementTimeout, patience, progress, listener, pace, many, leastAtOnce);
    }

    public WalkSettings withLeastAtOnce(int rows) {
        return new WalkSettings(
                batchSize, lockTimeout, statementTimeout, patience, progress, listener, pace, workers, rows);
    }
}
