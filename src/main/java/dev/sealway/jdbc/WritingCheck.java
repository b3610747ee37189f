package dev.sealway.jdbc;

/**
 * Is asked at the beginning of every transaction that writes, within it. What it locks there stays locked until the
 * transaction ends. Thread-safe; makes no use of other sessions.
 */
@FunctionalInterface
public interface WritingCheck {

    /** @throws dev.sealway.error.SealwayException if nothing may be written: the transaction is rolled back */
    void before(Transaction tx);
}
