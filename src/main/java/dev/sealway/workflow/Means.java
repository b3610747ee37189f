package dev.sealway.workflow;

import dev.sealway.batch.WalkSettings;
import dev.sealway.control.RunTerms;
import dev.sealway.control.SwitchedPace;
import dev.sealway.crypto.Ciphers;
import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.StreamKeys;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.ShortLock;
import dev.sealway.keys.BundlePlace;
import dev.sealway.keys.GivenBundle;
import dev.sealway.plan.Plan;
import dev.sealway.progress.Progress;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Everything that the phases work with.
 *
 * @param keys opens the key bundle on first use, and keeps it; phases that need no key never ask
 * @param bundle where {@code keys} come from, for whoever changes them
 * @param ciphers what seals columns, found by what they were registered with
 * @param streams what seals backups
 * @param terms under which runs work
 * @param pace of the run that is under way
 */
public record Means(
        Plan plan,
        Database database,
        Supplier<KeyBundle> keys,
        BundlePlace bundle,
        Ciphers ciphers,
        StreamKeys streams,
        WalkSettings walk,
        ShortLock shortLock,
        RunTerms terms,
        SwitchedPace pace) {

    /** Under the usual terms. */
    public Means(
            Plan plan,
            Database database,
            Supplier<KeyBundle> keys,
            BundlePlace bundle,
            Ciphers ciphers,
            StreamKeys streams,
            WalkSettings walk,
            ShortLock shortLock) {
        this(plan, database, keys, bundle, ciphers, streams, walk, shortLock, RunTerms.USUAL);
    }

    /** What walks ask between batches is the run's pace while one is under way, and otherwise that of {@code walk}. */
    public Means(
            Plan plan,
            Database database,
            Supplier<KeyBundle> keys,
            BundlePlace bundle,
            Ciphers ciphers,
            StreamKeys streams,
            WalkSettings walk,
            ShortLock shortLock,
            RunTerms terms) {
        this(plan, database, keys, bundle, ciphers, streams, walk, shortLock, terms, new SwitchedPace(walk.pace()));
    }

    /** With a key bundle that is not to be changed. */
    public Means(
            Plan plan,
            Database database,
            Supplier<KeyBundle> keys,
            Ciphers ciphers,
            StreamKeys streams,
            WalkSettings walk,
            ShortLock shortLock) {
        this(plan, database, keys, new GivenBundle(keys), ciphers, streams, walk, shortLock);
    }

    /** How walks behave, at the pace of the run that is under way. */
    @Override
    public WalkSettings walk() {
        return walk.withPace(pace);
    }

    /** The same for a run of its own: what holds for another at the same time does not hold for it. */
    Means forOneRun() {
        return new Means(
                plan, database.unchecked(), keys, bundle, ciphers, streams, walk, shortLock, terms, pace.apart());
    }

    /** The same, with runs that also end when {@code wish} says so. */
    Means cancelledBy(BooleanSupplier wish) {
        BooleanSupplier former = terms.cancelled();
        RunTerms both = terms.withCancelled(() -> former.getAsBoolean() || wish.getAsBoolean());
        return new Means(plan, database, keys, bundle, ciphers, streams, walk, shortLock, both, pace);
    }

    public Progress progress() {
        return walk.progress();
    }
}
