package dev.sealway.proof;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.crypto.Attempt;
import dev.sealway.crypto.OpenFailedException;
import dev.sealway.crypto.Plaintext;
import dev.sealway.proof.Mismatch.Kind;
import dev.sealway.search.UnnormalizableValueException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds one row against what its columns should be. Thread-safe. */
final class RowProof {

    /** How a column of a row stands. */
    enum Standing {
        NULL,
        DIRTY,
        PROVEN,
        /** There is no plaintext any more, and the ciphertext opens and has its token: in order after the cut over. */
        ONLY_ENCRYPTED,
        MISMATCHED
    }

    /** @param mismatch present exactly when the standing is {@link Standing#MISMATCHED} */
    record Verdict(Standing standing, Optional<Mismatch> mismatch) {}

    private final List<WalkedColumn> columns;

    RowProof(List<WalkedColumn> columns) {
        this.columns = List.copyOf(columns);
    }

    Verdict of(OpenedRow opened, int at) {
        return of(opened.row(), at, opened.opened(at));
    }

    /**
     * @param opened what became of the column's ciphertext, which is closed here; empty if there was none to open
     * @throws dev.sealway.error.SealwayException if it says nothing about the ciphertext
     */
    Verdict of(ProofRow row, int at, Optional<Attempt<Plaintext>> opened) {
        byte @Nullable [] plaintext = row.plaintexts()[at];
        byte @Nullable [] ciphertext = row.ciphertexts()[at];
        if (plaintext == null && ciphertext == null) {
            return new Verdict(Standing.NULL, Optional.empty());
        }
        if (plaintext == null && !columns.get(at).isCutOver()) {
            return mismatch(row, at, Kind.ONLY_ENCRYPTED);
        }
        if (opened.isEmpty()) {
            return new Verdict(Standing.DIRTY, Optional.empty());
        }
        try (Plaintext value = opened.get().orThrow()) {
            if (plaintext != null && !MessageDigest.isEqual(value.revealBytes(), plaintext)) {
                return mismatch(row, at, Kind.OTHER_VALUE);
            }
            return token(row, at, value, plaintext == null ? Standing.ONLY_ENCRYPTED : Standing.PROVEN);
        } catch (OpenFailedException e) {
            return mismatch(row, at, Kind.DOES_NOT_OPEN);
        }
    }

    private Verdict token(ProofRow row, int at, Plaintext value, Standing passed) {
        try {
            Optional<byte[]> expected = columns.get(at).token(value);
            byte @Nullable [] stored = row.tokens()[at];
            if (expected.isPresent() && stored == null) {
                return mismatch(row, at, Kind.NO_TOKEN);
            }
            if (expected.isPresent() && !MessageDigest.isEqual(expected.get(), stored)) {
                return mismatch(row, at, Kind.OTHER_TOKEN);
            }
            return new Verdict(passed, Optional.empty());
        } catch (UnnormalizableValueException e) {
            return mismatch(row, at, Kind.NOT_NORMALIZABLE);
        }
    }

    private Verdict mismatch(ProofRow row, int at, Kind kind) {
        return new Verdict(
                Standing.MISMATCHED,
                Optional.of(new Mismatch(row.key(), columns.get(at).plaintext(), kind)));
    }
}
