package dev.sealway.batch;

/**
 * Says between the batches of a walk whether it may go on, and how large the next ones are. Asked by the thread that
 * writes, outside any transaction; it may keep that thread waiting. Thread-safe.
 */
public interface Pace {

    /** Never waits, and takes the size that was planned. */
    Pace NONE = new Pace() {};

    /**
     * Before a batch is written.
     *
     * @throws dev.sealway.error.SealwayException if the walk is to end here; what is committed stays
     */
    default void awaitTurn() {}

    /**
     * A batch is committed, by the thread that waited for its turn.
     *
     * @param walked rows that it passed, written or not
     */
    default void committed(int walked) {}

    /** How many rows the next batch has. */
    default int batchSize(int planned) {
        return planned;
    }

    /** How many workers of a walk may write at once: at least one, and no more than were planned. */
    default int workers(int planned) {
        return planned;
    }
}
