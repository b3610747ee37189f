package dev.sealway.workflow;

import dev.sealway.crypto.KeyBundle;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.keys.HeldBundle;
import dev.sealway.ledger.Keyring;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
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
    private final Duration term;
    private final LongSupplier nanoTime;
    private final ReentrantLock fetching = new ReentrantLock();
    private final AtomicLong generation = new AtomicLong();
    private volatile long due;
    private long patience = SHORTEST.toNanos();
    private long notBefore;

    /** @param nanoTime as {@link System#nanoTime} */
    KeyRenewal(Means means, Duration term, LongSupplier nanoTime) {
        this.means = means;
        this.term = term;
        this.nanoTime = nanoTime;
        this.due = nanoTime.getAsLong() + term.toNanos();
        this.notBefore = nanoTime.getAsLong();
    }

    /** Another number after every bundle that differs from the one before. */
    long generation() {
        return generation.get();
    }

    /** Fetches if the time has come and nobody else does; failing that, the bundle stays what it is. */
    void whenDue() {
        if (nanoTime.getAsLong() - due >= 0 && fetching.tryLock()) {
            try {
                if (nanoTime.getAsLong() - due >= 0) {
                    fetch();
                }
            } finally {
                fetching.unlock();
            }
        }
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
            if (generation.get() == known && nanoTime.getAsLong() - notBefore >= 0) {
                boolean changed = fetch();
                patience = changed ? SHORTEST.toNanos() : Math.min(2 * patience, LONGEST.toNanos());
                notBefore = nanoTime.getAsLong() + patience;
            }
            return generation.get() != known;
        } finally {
            fetching.unlock();
        }
    }

    private boolean fetch() {
        due = nanoTime.getAsLong() + term.toNanos();
        if (means.plan().keys().isEmpty()) {
            return false;
        }
        try (HeldBundle held = means.bundle().fetch()) {
            return take(held.bundle());
        } catch (SealwayException e) {
            means.progress()
                    .notice("the key bundle was not renewed, the one before stays: %s".formatted(e.getMessage()));
            return false;
        }
    }

    private boolean take(KeyBundle fetched) {
        if (fetched.fingerprint().equals(means.keys().get().fingerprint())) {
            return false;
        }
        means.database().inTransaction(TransactionSettings.reading(), "checking the keys", tx -> {
            Keyring.in(tx).verify(fetched);
            return null;
        });
        means.bundle().adopt(fetched);
        generation.incrementAndGet();
        return true;
    }
}
