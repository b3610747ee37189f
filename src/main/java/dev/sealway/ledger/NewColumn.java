package dev.sealway.ledger;

import dev.sealway.catalog.LiveColumn;
import dev.sealway.crypto.Encoding;
import dev.sealway.jdbc.Identifier;
import java.util.Optional;

/**
 * A column that is about to be registered; from then on all of this is frozen.
 *
 * @param plaintext the plaintext column as it is now
 * @param encrypted the name of the encrypted column, which may not exist yet; in place the plaintext column itself
 * @param context the logical name bound into every ciphertext, unique in the database
 * @param cipher the kind of cipher that seals it, see {@link dev.sealway.crypto.Ciphers}
 * @param keyset the data keyset that seals it; of Transit {@code <mount>/<key>}
 * @param change the change of the plan that brings it in
 */
public record NewColumn(
        LiveColumn plaintext,
        Identifier encrypted,
        Optional<RegisteredSearch> search,
        String context,
        Encoding encoding,
        String cipher,
        String keyset,
        int change) {

    /** With the key that is to make its tokens, where it has any. */
    public NewColumn withTokenKey(long keyId) {
        return new NewColumn(
                plaintext,
                encrypted,
                search.map(s -> s.hasKey() ? s : s.withKey(keyId)),
                context,
                encoding,
                cipher,
                keyset,
                change);
    }
}
