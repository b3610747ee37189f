package dev.sealway.ledger;

import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /**
     * Whether a column may go from here to {@code next}: one phase on, or back as far as {@link #EXPANDED} while the
     * plaintext is there.
     */
    boolean mayBecome(ColumnPhase next) {
        boolean back = next.compareTo(this) <= 0;
        return next == this || (back ? this != CONTRACTED && next != REGISTERED : next.ordinal() == ordinal() + 1);
    }

    static String inOrder() {
        return Stream.of(values()).map(ColumnPhase::word).collect(Collectors.joining(", "));
    }

    static ColumnPhase ofWord(String word) {
        return Stream.of(values())
                .filter(p -> p.word().equals(word))
                .findFirst()
                .orElseThrow();
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
