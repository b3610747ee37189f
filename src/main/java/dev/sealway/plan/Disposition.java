package dev.sealway.plan;

import java.util.List;

/**
 * What the plan's reviewer decided about an object that depends on a plaintext column or fires on its table.
 *
 * @param action what is to happen
 * @param argument the object that takes its place, for {@link Action#REPLACE_WITH}; empty otherwise
 */
public record Disposition(Action action, String argument) {

    /**
     * The kinds of objects that can be decided about: a plan names one as {@code <kind> <name>}. {@code object} is
     * whatever has no word of its own here.
     */
    public static final List<String> KINDS = List.of(
            "column",
            "constraint",
            "default",
            "foreign key",
            "function",
            "generated column",
            "grant",
            "index",
            "materialized view",
            "object",
            "policy",
            "procedure",
            "publication",
            "rule",
            "sequence",
            "statistics",
            "trigger",
            "view");

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

    public Disposition {
        if (argument.isEmpty() == (action == Action.REPLACE_WITH)) {
            throw new IllegalArgumentException("an object is named for replace-with, and only for that");
        }
    }

    public static Disposition of(Action action) {
        return new Disposition(action, "");
    }

    public static Disposition replaceWith(String object) {
        return new Disposition(Action.REPLACE_WITH, object);
    }
}
