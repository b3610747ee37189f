package dev.sealway.proof;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.crypto.Attempt;
import dev.sealway.crypto.Plaintext;
import dev.sealway.proof.RowProof.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens rows, holds them against what they should be, and makes what they add to the evidence. Thread-safe. */
final class RowProver {

    private final List<WalkedColumn> columns;
    private final RowProof proof;
    private final List<EvidenceHash> evidence;

    /** @param evidence per column; empty if no key is there to make it with */
    RowProver(List<WalkedColumn> columns, List<EvidenceHash> evidence) {
        this.columns = List.copyOf(columns);
        this.proof = new RowProof(columns);
        this.evidence = List.copyOf(evidence);
    }

    List<WalkedColumn> columns() {
        return columns;
    }

    /** In the same order. Nothing that was opened is left open. */
    List<ProvenRow> prove(List<ProofRow> rows) {
        return OpenedRow.open(columns, rows).stream().map(this::prove).toList();
    }

    private ProvenRow prove(OpenedRow opened) {
        List<Verdict> verdicts = new ArrayList<>(columns.size());
        List<EvidenceHash.Entry> entries = new ArrayList<>(evidence.size());
        for (int c = 0; c < columns.size(); c++) {
            if (!evidence.isEmpty()) {
                entries.add(evidence.get(c).entry(opened.row().key(), value(opened, c)));
            }
            // closes what was opened
            verdicts.add(proof.of(opened, c));
        }
        return new ProvenRow(opened.row(), verdicts, entries);
    }

    /** What the row holds in clear, or would; null also for a ciphertext that does not open. */
    private static byte @Nullable [] value(OpenedRow opened, int at) {
        byte @Nullable [] plaintext = opened.row().plaintexts()[at];
        if (plaintext == null && opened.opened(at).orElse(null) instanceof Attempt.Done<Plaintext> done) {
            return done.result().revealBytes();
        }
        return plaintext;
    }

    /** The verdict on a column of a row if its ciphertext had been opened to this. */
    Verdict verdict(ProofRow row, int at, Attempt<Plaintext> opened) {
        return proof.of(row, at, Optional.of(opened));
    }
}
