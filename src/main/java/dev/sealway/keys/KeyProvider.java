package dev.sealway.keys;

import dev.sealway.error.SealwayException;

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

    /**
     * Puts another bundle in place of the one that was fetched.
     *
     * @param expectedVersion what {@link KeyMaterial#version} said of the bundle that {@code material} was made from
     * @throws dev.sealway.error.SealwayException if another version is there by now, or the place is read-only; nothing is
     *     overwritten then
     */
    default void replace(KeyRef ref, KeyMaterial material, String expectedVersion) {
        throw SealwayException.refused(
                "the key bundle in %s cannot be replaced from here: the place is read-only; put the new bundle there yourself"
                        .formatted(ref.name()));
    }
}
