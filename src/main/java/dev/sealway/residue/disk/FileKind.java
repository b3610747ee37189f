package dev.sealway.residue.disk;

/** What a file of a data directory is for. */
public enum FileKind {
    HEAP,
    TOAST,
    INDEX,
    /** {@code pg_statistic} and {@code pg_statistic_ext_data}, with their TOAST and indexes. */
    STATISTICS,
    WAL,
    /** Spill files and states of replication slots. */
    SLOT,
    /** Sorts and hashes that did not fit into memory. */
    TEMPORARY,
    LOG,
    /** Of another database, of no relation any more, or of none of these kinds. */
    OTHER
}
