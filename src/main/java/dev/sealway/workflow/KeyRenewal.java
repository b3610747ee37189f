package dev.sealway.workflow;

import dev.sealway.crypto.KeyBundle;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.keys.HeldBundle;
import dev.sealway.ledger.Keyring;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Fetches the key bundle again for an application that lives through rotations: after a time, and when a ciphertext names a
 * key that it does not know.
 *
 * <p>One fetch at a time. What is fetched is held against the canaries of the database before it is used, and the bundle
 * that was there stays where that fails or the store is out of reach. Ciphertexts of unknown keys make it fetch once in a
 * second at most, and twice as seldom each time the bundle was the same, down to once in a minute: rubbish in a column is
 * no reason to besiege the store. Thread-safe.
 */
final class KeyRenewal {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Means means;
    private final RenewalTerm term;
    private final LongSupplier nanoTime;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile long due;
    private volatile long fetched;
    private volatile boolean failing;
    private long patience = SHORTEST.toNanos();
    private long notBefore;

    /** @param nanoTime as {@link System#nanoTime} */
    KeyRenewal(Means means, RenewalTerm term, LongSupplier nanoTime) {
        this.means = means;
        this.term = term;
        this.nanoTime = nanoTime;
        this.fetched = nanoTime.getAsLong();
        this.due = fetched + term.nanos();
        this.notBefore = fetched;
    }

    /** Another number after every bundle that may differ from the one before, whoever changed it. */
    long generation() {
        return means.bundle().changes();
    }

    /**
     * Fetches if the time has come and nobody else does; failing that, the bundle stays what it is. Whoever finds it very
     * old waits for the one who fetches, unless the last attempt failed.
     */
    void whenDue() {
        if (!isDue()) {
            return;
        }
        if (isOverdue() && !failing) {
            fetching.lock();
        } else if (!fetching.tryLock()) {
            return;
        }
        try {
            if (isDue()) {
                fetch();
            }
        } finally {
            fetching.unlock();
        }
    }

    private boolean isDue() {
        return nanoTime.getAsLong() - due >= 0;
    }

    private boolean isOverdue() {
        return nanoTime.getAsLong() - fetched > term.grace();
    }

    /** Whether the bundle is so old that a key of it may be disabled by now, and cannot be renewed. */
    boolean isOverdueAndFailing() {
        return failing && isOverdue();
    }

    /**
     * Fetches because a key is not known, unless that was tried a moment ago.
     *
     * @param known the generation under which the key was looked for
     * @return whether there are other keys than under {@code known}
     */
    boolean forUnknownKey(long known) {
        fetching.lock();
        try {
            if (generation() == known && nanoTime.getAsLong() - notBefore >= 0) {
                fetch();
                patience = generation() != known ? SHORTEST.toNanos() : Math.min(2 * patience, LONGEST.toNanos());
                notBefore = nanoTime.getAsLong() + patience;
            }
            return generation() != known;
        } finally {
            fetching.unlock();
        }
    }

    private void fetch() {
        long begun = nanoTime.getAsLong();
        due = begun + term.nanos();
        try {
            if (means.plan().keys().isPresent()) {
                renew();
            }
            fetched = begun;
            failing = false;
        } catch (SealwayException e) {
            failing = true;
            due = nanoTime.getAsLong() + term.pause();
            means.progress()
                    .notice("the key bundle was not renewed, the one before stays: %s".formatted(e.getMessage()));
        }
    }

    /** A rotation by the same process may be faster than the fetch: what it let go of does not come back. */
    private void renew() {
        long before = generation();
        KeyBundle known = means.keys().get();
        try (HeldBundle held = means.bundle().fetch()) {
            KeyBundle renewed = held.bundle();
            if (renewed.fingerprint().equals(known.fingerprint())) {
                return;
            }
            means.database().inTransaction(TransactionSettings.reading(), "checking the keys", tx -> {
                Keyring.in(tx).verify(renewed);
                return null;
            });
            means.bundle().adopt(before, renewed);
        }
    }
}
