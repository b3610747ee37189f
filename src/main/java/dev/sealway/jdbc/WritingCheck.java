package dev.sealway.jdbc;

import java.time.Duration;

/**
 * Is asked at the beginning of every transaction that writes, within it. What it locks there stays locked until the
 * transaction ends. Thread-safe; makes no use of other sessions.
 */
@FunctionalInterface
public interface WritingCheck {

    /** @throws dev.sealway.error.SealwayException if nothing may be written: the transaction is rolled back */
    void before(Transaction tx);

    /**
     * How long a transaction may be open with nothing to do before the server ends its session, where it has no shorter
     * limit of its own; zero for as long as it likes. It holds for those that read, too, but for a snapshot.
     */
    default Duration longestIdle() {
        return Duration.ZERO;
    }
}
