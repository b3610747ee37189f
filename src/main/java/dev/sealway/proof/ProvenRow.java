package dev.sealway.proof;

import dev.sealway.proof.RowProof.Verdict;
import java.util.List;

/**
 * A row that was held against what it should be.
 *
 * @param verdicts per column
 * @param evidence what it adds to each column's evidence; empty where none is made
 */
record ProvenRow(ProofRow row, List<Verdict> verdicts, List<EvidenceHash.Entry> evidence) {}
