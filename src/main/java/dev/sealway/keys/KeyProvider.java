package dev.sealway.keys;

/**
 * A place where key bundles live.
 *
 * <p>Guarantees: a missing bundle is an error, never the occasion to make one; {@link #create} never overwrites. Does
 * not guarantee: that the place keeps its secrets. Implementations are thread-safe.
 */
public interface KeyProvider {

    /**
     * @throws KeyNotFoundException if there is nothing under {@code ref}: trying again will not help
     * @throws KeyUnavailableException if the place does not answer or denies access: trying again may help
     */
    KeyMaterial fetch(KeyRef ref);

    /**
     * Stores a new bundle.
     *
     * @throws dev.sealway.error.SealwayException if something is stored under {@code ref} already, or the place is
     *     read-only
     */
    void create(KeyRef ref, KeyMaterial material);
}
