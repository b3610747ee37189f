package dev.sealway.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * One run of a verb, by the database's clock.
 *
 * @param actor the role that logged in
 * @param detail Sealway's own words, empty if there was nothing to say
 */
public record Run(
        long id,
        String verb,
        String plan,
        String actor,
        Instant startedAt,
        Optional<Instant> endedAt,
        RunOutcome outcome,
        String detail) {}
