package dev.sealway.ledger;

import dev.sealway.crypto.Ciphers;
import dev.sealway.crypto.CiphertextForm;
import dev.sealway.crypto.Encoding;
import dev.sealway.jdbc.Identifier;
import java.util.Optional;

/**
 * A column of the plan with everything that was frozen when it was registered, so that later renames change nothing.
 *
 * @param id the registry's own id, by which everything else in the ledger is keyed
 * @param plaintext the plaintext column
 * @param encrypted {@code <col>_encrypted}; in place the plaintext column itself
 * @param context the logical name bound into every ciphertext
 * @param cipher the kind of cipher that seals it, see {@link dev.sealway.crypto.Ciphers}
 * @param keyset the data keyset that seals it; of Transit {@code <mount>/<key>}
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
        String cipher,
        String keyset,
        int change,
        ColumnPhase phase) {

    /** How its ciphertexts lie in the encrypted column. */
    public CiphertextForm form() {
        return cipher.equals(Ciphers.VAULT_TRANSIT) ? CiphertextForm.TRANSIT_TEXT : CiphertextForm.BYTES;
    }

    /** Whether ciphertexts stand where the plaintext was: nothing was added for it, and nothing of it may be dropped. */
    public boolean isInPlace() {
        return encrypted.equals(plaintext);
    }

    /** The same column under another context, where nothing of it opens. */
    public RegisteredColumn withContext(String other) {
        return new RegisteredColumn(
                id, tableId, plaintext, encrypted, search, other, encoding, cipher, keyset, change, phase);
    }

    /** The same column as if {@code other} were its blind index. */
    public RegisteredColumn withSearch(RegisteredSearch other) {
        return new RegisteredColumn(
                id,
                tableId,
                plaintext,
                encrypted,
                Optional.of(other),
                context,
                encoding,
                cipher,
                keyset,
                change,
                phase);
    }

    /** The token under the other key, while a rotation is under way. */
    public Optional<SecondToken> secondToken() {
        return search.flatMap(RegisteredSearch::second);
    }
}
