package dev.sealway.keys;

import dev.sealway.crypto.KeyBundle;

/**
 * The place where a plan's key bundle lives, for the rotation of its keys.
 *
 * <p>Guarantees: what {@link #fetch} gives was read now, not remembered. Implementations are thread-safe.
 */
public interface BundlePlace {

    /** The provider and what it looks up, {@code file secrets/shop.keys.json}. */
    String name();

    /** Whether a bundle can be replaced there; an environment variable is only read. */
    boolean isWritable();

    /** @throws dev.sealway.error.SealwayException if there is no bundle, or it cannot be opened */
    HeldBundle fetch();

    /** Lets go of a bundle that was opened before, so that whoever asks for keys next gets what is there now. */
    void forget();

    /** How often keys may have become others here: by {@link #forget} and {@link #adopt}. Never waits. */
    long changes();

    /**
     * Keeps a bundle that {@link #fetch} gave as the one that whoever asks for keys gets from now on.
     *
     * @param changes as they were before the fetch
     * @return false, with nothing done, if there have been others since
     */
    boolean adopt(long changes, KeyBundle fetched);
}
