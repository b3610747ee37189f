package dev.sealway.batch;

/**
 * How many rows a batch has: as many as are wanted, half as many after each that met a lock, a deadlock or a time limit,
 * and then slowly more again. Thread-safe.
 */
final class BatchSize {

    /** After so many batches in a row that passed, twice as many rows are tried. */
    private static final int PATIENCE = 8;

    /** So long do others wait for a row at most, and a replica or a vacuum for the transaction. */
    private static final long LONG_NANOS = 2_000_000_000;

    private final int planned;
    private final Pace pace;
    private int ceiling = Integer.MAX_VALUE;
    private int passed;

    BatchSize(int planned, Pace pace) {
        this.planned = planned;
        this.pace = pace;
    }

    /** At least 1. */
    synchronized int rows() {
        return Math.min(wanted(), ceiling);
    }

    private int wanted() {
        return Math.max(1, pace.batchSize(planned));
    }

    /** A batch of {@code rows} rows met something. What met it together with others is halved once. */
    synchronized void halve(int rows) {
        ceiling = Math.max(1, Math.min(ceiling, rows / 2));
        passed = 0;
    }

    /** A batch of {@code rows} rows went through. One that took long kept others waiting, and the next has half as many. */
    synchronized void passed(int rows, long nanos) {
        if (nanos > LONG_NANOS && rows > 1) {
            halve(rows);
            return;
        }
        if (ceiling >= wanted() || ++passed < PATIENCE) {
            return;
        }
        passed = 0;
        ceiling = ceiling > wanted() / 2 ? Integer.MAX_VALUE : 2 * ceiling;
    }
}
