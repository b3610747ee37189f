package dev.sealway.plan;

/**
 * What the plan's reviewer decided about an object that depends on a plaintext column or fires on its table.
 *
 * @param action what is to happen
 * @param argument the object that takes its place, for {@link Action#REPLACE_WITH}; empty otherwise
 */
public record Disposition(Action action, String argument) {

    /** The decisions a plan can hold. */
    public enum Action {
        /** It goes away together with the plaintext. */
        DROP,
        /** It stays, and its effect is understood: a trigger that fires on every backfilled row, a function's text. */
        ACCEPT,
        /** It must stay as it is, so contract refuses. */
        KEEP,
        /** The named object does its work from now on; it goes away together with the plaintext. */
        REPLACE_WITH
    }

    public static Disposition of(Action action) {
        return new Disposition(action, "");
    }
}
