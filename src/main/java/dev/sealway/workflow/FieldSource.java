package dev.sealway.workflow;

import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Identifier;
import dev.sealway.plan.Selection;
import dev.sealway.plan.TableName;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger says of one column, read again after a term by whoever comes first; the others go on with what was read
 * before for one term more, and wait from then on. Where the ledger cannot be read they go on with what is known, but
 * seal nothing after that time. Thread-safe.
 */
final class FieldSource {

    private final Means means;
    private final FieldLook look;
    private final KeyRenewal keys;
    private final RenewalTerm term;
    private final LongSupplier nanoTime;
    private final ReentrantLock reading = new ReentrantLock();
    private final AtomicLong wishes = new AtomicLong();
    private volatile @Nullable FieldNow last;
    private volatile boolean failing;
    private volatile long notBefore;
    private boolean compared;

    FieldSource(Means means, FieldLook look, KeyRenewal keys, RenewalTerm term, LongSupplier nanoTime) {
        this.means = means;
        this.look = look;
        this.keys = keys;
        this.term = term;
        this.nanoTime = nanoTime;
        this.notBefore = nanoTime.getAsLong();
    }

    TableName table() {
        return look.table();
    }

    Identifier column() {
        return look.column();
    }

    private String name() {
        return "%s.%s".formatted(table(), column().name());
    }

    /** Whoever asks from now on gets what was read later than this. */
    void expire() {
        wishes.incrementAndGet();
    }

    FieldNow now() {
        keys.whenDue();
        FieldNow known = last;
        if (known == null) {
            return first();
        }
        if (serves(known) || !mayRead(known)) {
            return known;
        }
        try {
            FieldNow behindLock = Objects.requireNonNull(last);
            return serves(behindLock) ? behindLock : readAgain(behindLock);
        } finally {
            reading.unlock();
        }
    }

    /**
     * Whoever was told that what is known is wrong, or has another phase or other keys to fear, waits for better; everybody
     * else lets one go ahead.
     */
    private boolean mayRead(FieldNow known) {
        boolean waits = isExpired(known) || hasOtherGeneration(known) || (isOld(known) && !failing);
        if (!waits) {
            return reading.tryLock();
        }
        reading.lock();
        return true;
    }

    /** Whether there are other keys than those of {@code known}, which lacked one. */
    boolean hasOtherKeys(FieldNow known) {
        return keys.forUnknownKey(known.keys());
    }

    /**
     * What stands before everything that depends on the phase.
     *
     * @throws SealwayException if {@code known} is old, and the ledger cannot be read
     */
    void requireRecent(FieldNow known) {
        if (failing && isOld(known)) {
            throw SealwayException.failed(
                    "what is known of column %s is older than twice the refresh time, and the ledger cannot be read; the column may have gone on to another phase: see what the last notice says"
                            .formatted(name()));
        }
    }

    /** As {@link #requireRecent}, for whoever means to seal. */
    void requireRecentKeys() {
        if (keys.isOverdueAndFailing()) {
            throw SealwayException.failed(
                    "column %s seals nothing: for longer than twice the refresh time its key bundle could not be fetched, and the key that it holds may have been disabled; see what the last notice says"
                            .formatted(name()));
        }
    }

    /** After a failure what is known serves for a pause, so that not every value makes an attempt. */
    private boolean serves(FieldNow known) {
        if (isExpired(known)) {
            return false;
        }
        boolean fresh = !hasOtherGeneration(known) && age(known) < term.nanos();
        return fresh || nanoTime.getAsLong() - notBefore < 0;
    }

    private boolean isExpired(FieldNow known) {
        return known.wishes() != wishes.get();
    }

    private boolean hasOtherGeneration(FieldNow known) {
        return known.keys() != keys.generation();
    }

    private boolean isOld(FieldNow known) {
        return age(known) > term.grace();
    }

    private long age(FieldNow known) {
        return nanoTime.getAsLong() - known.read();
    }

    private FieldNow first() {
        reading.lock();
        try {
            FieldNow known = last;
            return known == null ? read() : known;
        } finally {
            reading.unlock();
        }
    }

    private FieldNow readAgain(FieldNow known) {
        try {
            return read();
        } catch (SealwayException e) {
            failing = true;
            notBefore = nanoTime.getAsLong() + term.pause();
            if (isExpired(known)) {
                throw e;
            }
            means.progress().notice("what is known of column %s was not renewed: %s".formatted(name(), e.getMessage()));
            return known;
        }
    }

    private FieldNow read() {
        FieldNow read;
        try {
            read = look();
        } catch (SealwayException e) {
            // tokens may have moved to a key that only a newer bundle has
            if (!keys.forUnknownKey(keys.generation())) {
                throw e;
            }
            read = look();
        }
        compareKeys(read);
        last = read;
        failing = false;
        notBefore = nanoTime.getAsLong();
        return read;
    }

    /** What an application seals is held against the same canaries as what a run seals. */
    private void compareKeys(FieldNow read) {
        if (!compared && read.sealed().isPresent()) {
            new Journal(means).compareKeys(new Selection(Set.of(table().toString()), Set.of(), OptionalInt.empty()));
            compared = true;
        }
    }

    private FieldNow look() {
        return look.look(FieldNow.nothing(keys.generation(), wishes.get(), nanoTime.getAsLong()));
    }
}
