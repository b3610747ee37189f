package dev.sealway.batch;

import dev.sealway.jdbc.Transaction;

/** What is committed in one transaction with a batch. */
interface Together {

    /** Nothing, which cannot be asked for either. */
    Together NOTHING = (tx, result) -> {};

    void with(Transaction tx, WriteResult result);

    /**
     * Whether it is there already: asked after a connection was lost in the middle of the commit. Waits until a commit that
     * is still under way has ended.
     */
    default boolean isDone(Transaction tx) {
        return false;
    }
}
