package dev.sealway.guard;

import dev.sealway.jdbc.Identifier;
import java.util.Optional;

/**
 * What the guard watches: a plaintext column with what must never outlive a change of it.
 *
 * @param search the search token's column
 * @param boundToRow whether the ciphertext belongs to its row key, so that a change of the key makes it stale too
 */
public record GuardedColumn(
        Identifier plaintext, Identifier encrypted, Optional<Identifier> search, boolean boundToRow) {}
