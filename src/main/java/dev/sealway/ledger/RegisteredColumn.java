package dev.sealway.ledger;

import dev.sealway.crypto.Encoding;
import dev.sealway.jdbc.Identifier;
import java.util.Optional;

/**
 * A column of the plan with everything that was frozen when it was registered, so that later renames change nothing.
 *
 * @param id the registry's own id, by which everything else in the ledger is keyed
 * @param plaintext the plaintext column
 * @param encrypted {@code <col>_encrypted}
 * @param context the logical name bound into every ciphertext
 * @param keyset the data keyset that seals it
 * @param change the change of the plan that brought it in
 */
public record RegisteredColumn(
        long id,
        long tableId,
        Identifier plaintext,
        Identifier encrypted,
        Optional<RegisteredSearch> search,
        String context,
        Encoding encoding,
        String keyset,
        int change,
        ColumnPhase phase) {}
