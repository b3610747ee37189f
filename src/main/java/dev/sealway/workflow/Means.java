package dev.sealway.workflow;

import dev.sealway.batch.WalkSettings;
import dev.sealway.crypto.Ciphers;
import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.StreamKeys;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.ShortLock;
import dev.sealway.keys.BundlePlace;
import dev.sealway.keys.GivenBundle;
import dev.sealway.plan.Plan;
import dev.sealway.progress.Progress;
import java.util.function.Supplier;

/**
 * Everything that the phases work with.
 *
 * @param keys opens the key bundle on first use, and keeps it; phases that need no key never ask
 * @param bundle where {@code keys} come from, for whoever changes them
 * @param ciphers what seals columns, found by what they were registered with
 * @param streams what seals backups
 */
public record Means(
        Plan plan,
        Database database,
        Supplier<KeyBundle> keys,
        BundlePlace bundle,
        Ciphers ciphers,
        StreamKeys streams,
        WalkSettings walk,
        ShortLock shortLock) {

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

    public Progress progress() {
        return walk.progress();
    }
}
