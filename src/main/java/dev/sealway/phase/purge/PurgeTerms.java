package dev.sealway.phase.purge;

import java.time.Duration;

/**
 * What a purge may cost.
 *
 * @param maxLock how long the rewrite of one table or partition may lock it; one that takes longer is taken back
 * @param wal whether the write-ahead log is cycled, too, which changes {@code wal_recycle} of the server for that time
 */
public record PurgeTerms(Duration maxLock, boolean wal) {

    public static final Duration USUAL_LOCK = Duration.ofMinutes(1);

    /** Tables and statistics, each locked for a minute at most. */
    public static PurgeTerms usual() {
        return new PurgeTerms(USUAL_LOCK, false);
    }
}
