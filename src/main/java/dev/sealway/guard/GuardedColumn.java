package dev.sealway.guard;

import dev.sealway.jdbc.Identifier;
import java.util.List;

/**
 * What the guard watches: a plaintext column with what must never outlive a change of it.
 *
 * @param tokens the columns of its search tokens
 * @param boundToRow whether the ciphertext belongs to its row key, so that a change of the key makes it stale too
 */
public record GuardedColumn(Identifier plaintext, Identifier encrypted, List<Identifier> tokens, boolean boundToRow) {

    public GuardedColumn {
        tokens = List.copyOf(tokens);
    }
}
