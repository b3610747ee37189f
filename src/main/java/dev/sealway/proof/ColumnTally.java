package dev.sealway.proof;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.crypto.Attempt;
import dev.sealway.crypto.Plaintext;
import dev.sealway.proof.RowProof.Standing;
import dev.sealway.proof.RowProof.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Counts one column's rows on the way. Not thread-safe. */
final class ColumnTally {

    /** Before the last four letters of base64, some bits of which may mean nothing. */
    private static final int TEXT_TAIL = 8;

    private final WalkedColumn column;
    private final int at;
    private final RowProver prover;
    private final Optional<EvidenceSum> evidence;
    private final long[] standings = new long[Standing.values().length];
    private final List<Mismatch> examples = new ArrayList<>();
    private boolean controlTried;
    private boolean controlPassed;

    /** @param evidence empty if no key is there to make it with */
    ColumnTally(WalkedColumn column, int at, RowProver prover, Optional<EvidenceSum> evidence) {
        this.column = column;
        this.at = at;
        this.prover = prover;
        this.evidence = evidence;
    }

    void take(ProvenRow proven) {
        ProofRow row = proven.row();
        evidence.ifPresent(e -> e.add(row.key(), proven.evidence().get(at)));
        Verdict verdict = proven.verdicts().get(at);
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
        return prover.verdict(row, at, opened).standing() == Standing.MISMATCHED;
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
