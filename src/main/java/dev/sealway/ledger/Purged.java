package dev.sealway.ledger;

import java.time.Instant;

/**
 * Something was rewritten, and holds no plaintext since.
 *
 * @param lsn where the write-ahead log stood afterwards
 */
public record Purged(Instant at, String lsn) {}
