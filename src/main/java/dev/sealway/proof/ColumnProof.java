package dev.sealway.proof;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.ledger.EvidenceChunk;
import java.util.List;
import java.util.Optional;

/**
 * What a proof of one column found.
 *
 * @param proven rows that decrypt to their plaintext and have its token
 * @param onlyEncrypted rows whose value only the encrypted column holds, where that is in order
 * @param nulls rows without a value
 * @param dirty rows that are not encrypted yet
 * @param mismatched rows that are wrong
 * @param examples the first of those that are wrong
 * @param controlled whether a ciphertext altered in memory was noticed; also true where there was none to alter
 * @param evidence the chunks in key order, then the total; empty if there was no key to make it with
 */
public record ColumnProof(
        WalkedColumn column,
        long proven,
        long onlyEncrypted,
        long nulls,
        long dirty,
        long mismatched,
        List<Mismatch> examples,
        boolean controlled,
        List<EvidenceChunk> evidence) {

    /** How many wrong rows are named. */
    public static final int EXAMPLES = 20;

    /** The evidence of all rows. */
    public Optional<EvidenceChunk> total() {
        return evidence.stream().filter(c -> c.number() == EvidenceChunk.TOTAL).findFirst();
    }

    public boolean passed() {
        return mismatched == 0 && controlled;
    }

    public long rows() {
        return proven + onlyEncrypted + nulls + dirty + mismatched;
    }
}
