package dev.sealway.batch;

import dev.sealway.crypto.Plaintext;
import dev.sealway.crypto.Prf;
import dev.sealway.search.BlindIndex;
import dev.sealway.search.SearchToken;

/** Makes the search tokens of one column. Thread-safe. */
public record TokenMaker(Prf prf, BlindIndex index) {

    /** @throws dev.sealway.search.UnnormalizableValueException if the normaliser cannot take the value */
    byte[] of(Plaintext value) {
        return SearchToken.of(prf, index, value).bytes();
    }
}
