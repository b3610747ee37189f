package dev.sealway.phase.inplace;

import dev.sealway.batch.FailedRow;
import dev.sealway.batch.TableLook;
import dev.sealway.batch.TableTask;
import dev.sealway.batch.WalkSettings;
import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.crypto.Prf;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.EvidenceChunk;
import dev.sealway.ledger.EvidenceStore;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.Registry;
import dev.sealway.proof.EvidenceHash;
import dev.sealway.proof.EvidenceSum;
import java.util.List;
import java.util.Optional;

/**
 * Decrypts every row of a table in place, batch by batch and outside any transaction, and counts what is still in clear.
 *
 * <p>There is no plaintext to compare with. What decrypts was sealed for this column, or with {@code bind: row} for this
 * very row; with {@code bind: none} only under this key. Each row is judged as it was when it was read. Thread-safe.
 */
public final class Prove {

    private static final int EXAMPLES = 20;

    private final Database database;
    private final WalkSettings settings;
    private final Optional<Prf> evidence;

    /** @param evidence makes the evidence, where there is a key bundle */
    public Prove(Database database, WalkSettings settings, Optional<Prf> evidence) {
        this.database = database;
        this.settings = settings;
        this.evidence = evidence;
    }

    /** Moves the columns to verified, or back to backfilled where something is wrong. */
    public ProofReport run(WalkedTable table, long runId) {
        return new ProofReport(
                table.columns().stream().map(c -> prove(table, c, runId)).toList());
    }

    private ProofReport.Column prove(WalkedTable table, WalkedColumn column, long runId) {
        boolean controlled = new Control(database).passes(table, column);
        Optional<EvidenceHash> hash = evidence.map(prf -> new EvidenceHash(
                prf, EvidenceHash.idOf(runId), column.registered().context()));
        EvidenceSum sum = new EvidenceSum();
        TableLook.Seen seen = new TableLook(
                        database, TableTask.reversing(table.everywhere().only(column), "verify"), settings)
                .run(
                        Math.max(0, table.live().estimatedRows()),
                        (key, outcomes) -> hash.ifPresent(h -> sum.add(key, h.entry(key, outcomes[0]))));
        Census census = database.inTransaction(
                TransactionSettings.reading(),
                "counting rows of %s".formatted(table.name()),
                tx -> Census.of(tx, table, column));
        List<EvidenceChunk> chunks = hash.map(h -> sum.close()).orElse(List.of());
        Quarantine.of(database, table).replace(column, seen.failures());
        ProofReport.Column proof = new ProofReport.Column(
                column.registered(),
                seen.worked(),
                census.nulls(),
                census.plain(),
                census.outside(),
                seen.failed(),
                seen.failures().stream().limit(EXAMPLES).map(FailedRow::words).toList(),
                controlled,
                chunks.stream().reduce((first, last) -> last).map(total -> "%064x".formatted(total.sum())));
        record(proof, chunks, runId);
        return proof;
    }

    private void record(ProofReport.Column proof, List<EvidenceChunk> chunks, long runId) {
        RegisteredColumn column = proof.column();
        database.inTransaction(
                TransactionSettings.writing(),
                "recording the outcome of verify for %s".formatted(column.plaintext()),
                tx -> {
                    Registry registry = Registry.in(tx);
                    registry.countedDirty(column, proof.plain());
                    if (proof.passed() && !chunks.isEmpty()) {
                        EvidenceStore.in(tx).replace(column, runId, chunks);
                    }
                    return registry.moveTo(
                            column, proof.passed() ? ColumnPhase.VERIFIED : ColumnPhase.BACKFILLED, runId);
                });
    }
}
