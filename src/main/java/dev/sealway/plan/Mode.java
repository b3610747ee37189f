package dev.sealway.plan;

/** Where a table's ciphertexts go. */
public enum Mode {
    /** Into columns of their own beside the plaintext, which is dropped at the end. */
    EXPAND,
    /** Over the plaintext, in the same text column: no second copy, no guard. */
    IN_PLACE;

    /** As it is written in a plan: {@code in-place}. */
    public String word() {
        return switch (this) {
            case EXPAND -> "expand";
            case IN_PLACE -> "in-place";
        };
    }
}
