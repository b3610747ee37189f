package dev.sealway.batch;

import dev.sealway.crypto.Plaintext;
import dev.sealway.crypto.Prf;
import dev.sealway.search.BlindIndex;
import dev.sealway.search.SearchToken;
import java.util.Optional;

/**
 * Makes the search tokens of one column. Thread-safe.
 *
 * @param prf the key of the registered token
 * @param second the key of the other token, while a rotation is under way
 */
public record TokenMaker(Prf prf, BlindIndex index, Optional<Prf> second) {

    public TokenMaker(Prf prf, BlindIndex index) {
        this(prf, index, Optional.empty());
    }

    /** @throws dev.sealway.search.UnnormalizableValueException if the normaliser cannot take the value */
    byte[] of(Plaintext value) {
        return SearchToken.of(prf, index, value).bytes();
    }

    /** The other token; empty if no rotation is under way. */
    Optional<byte[]> secondOf(Plaintext value) {
        return second.map(key -> SearchToken.of(key, index, value).bytes());
    }
}
