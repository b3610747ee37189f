package dev.sealway.application;

import dev.sealway.ledger.ColumnPhase;
import java.util.Optional;

/** Where the values of a column live, for whoever reads and writes them. */
public enum Residence {
    /** Before expand: in the plaintext column alone. */
    PLAINTEXT,
    /** From expand to the cut over: in both, and the plaintext is the authority. */
    BOTH,
    /** From the cut over on: in the encrypted column alone. */
    ENCRYPTED;

    static Residence of(Optional<ColumnPhase> phase) {
        return phase.map(Residence::of).orElse(PLAINTEXT);
    }

    private static Residence of(ColumnPhase phase) {
        return switch (phase) {
            case REGISTERED -> PLAINTEXT;
            case EXPANDED, BACKFILLED, VERIFIED -> BOTH;
            case CUT_OVER, CONTRACTED, REVERSING -> ENCRYPTED;
        };
    }
}
