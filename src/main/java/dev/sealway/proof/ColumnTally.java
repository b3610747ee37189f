package dev.sealway.proof;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.crypto.Attempt;
import dev.sealway.crypto.Plaintext;
import dev.sealway.proof.RowProof.Standing;
import dev.sealway.proof.RowProof.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts one column's rows on the way. Not thread-safe. */
final class ColumnTally {

    /** Before the last four letters of base64, some bits of which may mean nothing. */
    private static final int TEXT_TAIL = 8;

    private final WalkedColumn column;
    private final int at;
    private final RowProof proof;
    private final Optional<EvidenceSum> evidence;
    private final long[] standings = new long[Standing.values().length];
    private final List<Mismatch> examples = new ArrayList<>();
    private boolean controlTried;
    private boolean controlPassed;

    /** @param evidence empty if no key is there to make it with */
    ColumnTally(WalkedColumn column, int at, RowProof proof, Optional<EvidenceSum> evidence) {
        this.column = column;
        this.at = at;
        this.proof = proof;
        this.evidence = evidence;
    }

    void take(OpenedRow opened) {
        ProofRow row = opened.row();
        // the verdict closes what was opened
        evidence.ifPresent(e -> e.add(row.key(), value(opened)));
        Verdict verdict = proof.of(opened, at);
        standings[verdict.standing().ordinal()]++;
        verdict.mismatch().filter(m -> examples.size() < ColumnProof.EXAMPLES).ifPresent(examples::add);
        if (!controlTried && isInOrder(verdict.standing())) {
            controlTried = true;
            controlPassed = noticesAnAlteredByte(row);
        }
    }

    private static boolean isInOrder(Standing standing) {
        return standing == Standing.PROVEN || standing == Standing.ONLY_ENCRYPTED;
    }

    /** What the row holds in clear, or would; null also for a ciphertext that does not open. */
    private byte @Nullable [] value(OpenedRow opened) {
        byte @Nullable [] plaintext = opened.row().plaintexts()[at];
        if (plaintext == null && opened.opened(at).orElse(null) instanceof Attempt.Done<Plaintext> done) {
            return done.result().revealBytes();
        }
        return plaintext;
    }

    /** The negative control: a verifier that says yes to this verifies nothing. */
    private boolean noticesAnAlteredByte(ProofRow row) {
        byte[] altered = row.ciphertexts()[at].clone();
        if (column.isText()) {
            alterLetter(altered, altered.length - TEXT_TAIL);
        } else {
            altered[altered.length - 1] ^= 1;
        }
        Attempt<Plaintext> opened =
                column.openAll(List.of(altered), List.of(row.key())).get(0);
        return proof.of(row, at, Optional.of(opened)).standing() == Standing.MISMATCHED;
    }

    /** Stays base64, so that the form alone gives nothing away. */
    private static void alterLetter(byte[] text, int place) {
        text[place] = (byte) (text[place] == 'A' ? 'B' : 'A');
    }

    ColumnProof close() {
        return new ColumnProof(
                column,
                standings[Standing.PROVEN.ordinal()],
                standings[Standing.ONLY_ENCRYPTED.ordinal()],
                standings[Standing.NULL.ordinal()],
                standings[Standing.DIRTY.ordinal()],
                standings[Standing.MISMATCHED.ordinal()],
                List.copyOf(examples),
                !controlTried || controlPassed,
                evidence.map(EvidenceSum::close).orElse(List.of()));
    }
}
