package dev.sealway.ledger;

/** How far a column has come, in order. */
public enum ColumnPhase {
    /** Its names, context and encoding are frozen; nothing was added to the table yet. */
    REGISTERED,
    /** The encrypted column, its shape check and the guard are there. */
    EXPANDED,
    /** The walk reached the end and a fresh query found no dirty row. */
    BACKFILLED,
    /** Every row was decrypted and compared. */
    VERIFIED,
    /** The plaintext is gone. */
    CONTRACTED;

    public boolean isAtLeast(ColumnPhase other) {
        return compareTo(other) >= 0;
    }

    /** As it is stored and shown: {@code expanded}. */
    public String word() {
        return switch (this) {
            case REGISTERED -> "registered";
            case EXPANDED -> "expanded";
            case BACKFILLED -> "backfilled";
            case VERIFIED -> "verified";
            case CONTRACTED -> "contracted";
        };
    }
}
