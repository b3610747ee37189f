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
    /**
     * The encrypted column is authoritative: whoever writes it alone makes the plaintext null. Optional; whether it is
     * verified, too, is for {@link Registry#verification} to say.
     */
    CUT_OVER,
    /** The plaintext is gone. */
    CONTRACTED,
    /** The plaintext column is there again, and is filled from the ciphertexts, which stay authoritative. */
    REVERSING;

    public boolean isAtLeast(ColumnPhase other) {
        return compareTo(other) >= 0;
    }

    /**
     * Whether a column may go from here to {@code next}: one phase on, past {@link #CUT_OVER} too, or back as far as
     * {@link #EXPANDED} while the plaintext is authoritative. Since the cut over the only way back is to be forgotten.
     */
    boolean mayBecome(ColumnPhase next) {
        return next == this
                || switch (this) {
                    case REGISTERED -> next == EXPANDED;
                    case EXPANDED -> next == BACKFILLED;
                    case BACKFILLED -> next == EXPANDED || next == VERIFIED;
                    case VERIFIED -> next == EXPANDED || next == BACKFILLED || next == CUT_OVER || next == CONTRACTED;
                    case CUT_OVER -> next == CONTRACTED;
                    case CONTRACTED -> next == REVERSING;
                    case REVERSING -> next == CONTRACTED;
                };
    }

    /** Whether the plaintext column exists and is what Sealway seals from. */
    public boolean hasPlaintext() {
        return this != CONTRACTED && this != REVERSING;
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
            case CUT_OVER -> "cut over";
            case CONTRACTED -> "contracted";
            case REVERSING -> "reversing";
        };
    }
}
