package dev.sealway.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * A key as the ledger knows it. Times are the database's.
 *
 * @param primary whether it was its keyset's primary in the bundle that was used last
 * @param encryptions as far as Sealway made them; those of applications are not counted
 * @param firstSeen when a bundle that has it was first used here
 * @param promotedAt when it last became the primary; empty if it never was
 * @param disabledAt empty while it may open
 */
public record KnownKey(
        String keyset,
        long keyId,
        boolean primary,
        long encryptions,
        Instant firstSeen,
        Optional<Instant> promotedAt,
        Optional<Instant> disabledAt,
        Optional<Instant> destroyedAt) {}
