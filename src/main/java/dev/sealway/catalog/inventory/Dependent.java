package dev.sealway.catalog.inventory;

/**
 * An object that hangs on a plaintext column, or acts on the rows of its table.
 *
 * @param kind in the plan's words: index, constraint, foreign key, trigger, view, materialized view, rule, function,
 *     procedure, policy, statistics, publication, generated column, sequence, column, default, grant, object
 * @param name as the plan writes it: with its schema where it lives in one of its own ({@code public.user_list}), bare
 *     where it belongs to the table; functions with their argument types, as {@code regprocedure} prints them
 * @param effect what dropping the column would do
 * @param detail why it is here, in words, for messages
 * @param oid of the object, of the table for what has none of its own
 */
public record Dependent(String kind, String name, DropEffect effect, String detail, long oid) {

    /** The key of its disposition in the plan. */
    public String key() {
        return kind + " " + name;
    }

    /** Defaults and grants of the column are part of it, and are saved for the way back: no one needs to decide. */
    public boolean needsDisposition() {
        return !kind.equals("default") && !kind.equals("grant");
    }

    /**
     * A line for the plan's dispositions, to be pasted and reviewed: what stays without harm to the drop is accepted,
     * everything else goes. Why it is here, and what the drop would do to it, follow as a comment.
     */
    public String proposedLine() {
        return "\"%s\": %s   # %s; %s"
                .formatted(
                        key().replace("\\", "\\\\").replace("\"", "\\\""),
                        effect == DropEffect.UNNOTICED ? "accept" : "drop",
                        detail,
                        effect.words());
    }
}
