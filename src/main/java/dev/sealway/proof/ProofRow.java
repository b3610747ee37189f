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

    long bytes() {
        return bytes(plaintexts) + bytes(ciphertexts) + bytes(tokens);
    }

    private static long bytes(byte[] @Nullable [] values) {
        long bytes = 0;
        for (byte[] value : values) {
            bytes += value == null ? 0 : value.length;
        }
        return bytes;
    }
}
