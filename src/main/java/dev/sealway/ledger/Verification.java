package dev.sealway.ledger;

import java.time.Instant;

/**
 * That every row of a column was decrypted and compared.
 *
 * @param at by the database's clock
 */
public record Verification(long runId, Instant at) {}
