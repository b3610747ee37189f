package dev.sealway.proof;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row with plaintext, ciphertext and token of each column, null where they are null in the database.
 *
 * @param key the text of each row key column
 */
record ProofRow(
        List<String> key, byte[] @Nullable [] plaintexts, byte[] @Nullable [] ciphertexts, byte[] @Nullable [] tokens) {

    ProofRow withCiphertext(int column, byte[] ciphertext) {
        byte[][] others = ciphertexts.clone();
        others[column] = ciphertext;
        return new ProofRow(key, plaintexts, others, tokens);
    }
}
