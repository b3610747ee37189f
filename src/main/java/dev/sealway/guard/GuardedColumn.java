package dev.sealway.guard;

import dev.sealway.jdbc.Identifier;
import java.util.List;

/**
 * What the guard watches: a plaintext column with what must never outlive a change of it.
 *
 * @param tokens the columns of its search tokens
 * @param boundToRow whether the ciphertext belongs to its row key, so that a change of the key makes it stale too
 * @param authority which of the two copies is the true one when they part
 */
public record GuardedColumn(
        Identifier plaintext, Identifier encrypted, List<Identifier> tokens, boolean boundToRow, Authority authority) {

    /** Which copy of a value is the true one. */
    public enum Authority {
        /** Until the cut over: a ciphertext that changes alone is somebody's business, and the plaintext stays. */
        PLAINTEXT,
        /** From the cut over on: a ciphertext that changes alone makes the plaintext stale, which is nulled. */
        CIPHERTEXT
    }

    public GuardedColumn {
        tokens = List.copyOf(tokens);
    }
}
