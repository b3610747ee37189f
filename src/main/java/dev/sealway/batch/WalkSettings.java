package dev.sealway.batch;

import dev.sealway.patience.Patience;
import dev.sealway.progress.Progress;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How a walk behaves; none of it changes what it writes.
 *
 * @param batchSize rows read at a time, at least 1
 * @param lockTimeout how long a statement waits for a lock
 * @param statementTimeout how long a statement may run
 * @param patience with batches that met a lock or a deadlock
 * @param pace asked between batches
 * @param workers how many ranges of a table are walked at once, each on two sessions; at least 1
 * @param leastAtOnce rows of the smallest transaction for which {@link WriteOrder} takes every fourth row; at least 1
 * @param hands of everything that is walked at once, which decide who writes
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
        int leastAtOnce,
        Hands hands) {

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
        this(
                batchSize,
                lockTimeout,
                statementTimeout,
                patience,
                progress,
                listener,
                Pace.NONE,
                1,
                LEAST_AT_ONCE,
                new Hands(Pace.NONE, 1));
    }

    public WalkSettings withBatchSize(int size) {
        return with(size, listener, leastAtOnce);
    }

    public WalkSettings withListener(WalkListener other) {
        return with(batchSize, other, leastAtOnce);
    }

    public WalkSettings withLeastAtOnce(int rows) {
        return with(batchSize, listener, rows);
    }

    private WalkSettings with(int size, WalkListener other, int rows) {
        return new WalkSettings(
                size, lockTimeout, statementTimeout, patience, progress, other, pace, workers, rows, hands);
    }

    public WalkSettings withPace(Pace other) {
        return with(other, workers, new Hands(other, workers));
    }

    public WalkSettings withWorkers(int many) {
        return with(pace, many, new Hands(pace, many));
    }

    /**
     * For one of several that work on a table each: it walks alone, writes when the others let it, and ends before the next
     * batch once {@code stopped} says so.
     */
    public WalkSettings forOne(BooleanSupplier stopped) {
        return with(new StoppedPace(pace, stopped), 1, hands);
    }

    private WalkSettings with(Pace otherPace, int many, Hands shared) {
        return new WalkSettings(
                batchSize,
                lockTimeout,
                statementTimeout,
                patience,
                progress,
                listener,
                otherPace,
                many,
                leastAtOnce,
                shared);
    }
}
