package dev.sealway.proof;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.proof.RowProof.Standing;
import dev.sealway.proof.RowProof.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Counts one column's rows on the way. Not thread-safe. */
final class ColumnTally {

    private final WalkedColumn column;
    private final int at;
    private final RowProof proof;
    private final EvidenceSum evidence;
    private final long[] standings = new long[Standing.values().length];
    private final List<Mismatch> examples = new ArrayList<>();
    private boolean controlTried;
    private boolean controlPassed;

    ColumnTally(WalkedColumn column, int at, RowProof proof, EvidenceSum evidence) {
        this.column = column;
        this.at = at;
        this.proof = proof;
        this.evidence = evidence;
    }

    void take(ProofRow row) {
        Verdict verdict = proof.of(row, at);
        standings[verdict.standing().ordinal()]++;
        verdict.mismatch().filter(m -> examples.size() < ColumnProof.EXAMPLES).ifPresent(examples::add);
        evidence.add(row.key(), row.plaintexts()[at]);
        if (!controlTried && verdict.standing() == Standing.PROVEN) {
            controlTried = true;
            controlPassed = noticesAnAlteredByte(row);
        }
    }

    /** The negative control: a verifier that says yes to this verifies nothing. */
    private boolean noticesAnAlteredByte(ProofRow row) {
        byte[] altered = row.ciphertexts()[at].clone();
        altered[altered.length - 1] ^= 1;
        return proof.of(row.withCiphertext(at, altered), at).standing() == Standing.MISMATCHED;
    }

    ColumnProof close() {
        return new ColumnProof(
                column,
                standings[Standing.PROVEN.ordinal()],
                standings[Standing.NULL.ordinal()],
                standings[Standing.DIRTY.ordinal()],
                standings[Standing.MISMATCHED.ordinal()],
                List.copyOf(examples),
                !controlTried || controlPassed,
                evidence.close());
    }
}
