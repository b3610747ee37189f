package dev.sealway.phase.evidence;

import dev.sealway.audit.AuditTrail;
import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.crypto.Prf;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.EvidenceChunk;
import dev.sealway.ledger.EvidenceStore;
import dev.sealway.phase.evidence.EvidenceReport.Chunk;
import dev.sealway.phase.evidence.EvidenceReport.Column;
import dev.sealway.progress.Progress;
import dev.sealway.proof.EvidenceHash;
import dev.sealway.proof.EvidenceLook;
import dev.sealway.proof.StretchSum;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Decrypts every row of a table in one snapshot, and compares each chunk's sum with the one that verify stored: no
 * plaintext needs to be there.
 *
 * <p>A chunk is equal if it has the very rows and values of then. Rows that were changed since by whom they belong to, and
 * rows that were tampered with, look the same from here, so a difference is told and does not fail. Thread-safe.
 */
public final class CompareEvidence {

    private final Database database;
    private final Prf evidence;
    private final Progress progress;

    public CompareEvidence(Database database, Prf evidence, Progress progress) {
        this.database = database;
        this.evidence = evidence;
        this.progress = progress;
    }

    /** @throws SealwayException refused if a column has no evidence */
    public EvidenceReport.Table run(WalkedTable table, long runId) {
        List<Column> columns = database.inTransaction(
                TransactionSettings.snapshot(),
                "comparing %s with its evidence".formatted(table.name()),
                tx -> table.columns().stream().map(c -> column(tx, table, c)).toList());
        database.inTransaction(TransactionSettings.writing(), "recording a comparison with evidence", tx -> {
            columns.forEach(c -> tell(tx, table, c, runId));
            return columns;
        });
        return new EvidenceReport.Table(table.live().tableName(), columns);
    }

    private static void tell(Transaction tx, WalkedTable table, Column column, long runId) {
        AuditTrail.in(tx)
                .append(
                        runId,
                        "evidence.compared",
                        Map.of(
                                "column", "%s.%s".formatted(table.live().tableName(), column.name()),
                                "evidence_run", column.run(),
                                "chunks_equal", column.equal(),
                                "chunks_differing", column.differing().size(),
                                "rows_outside", column.outside(),
                                "rows_failed", column.failed()));
    }

    private Column column(Transaction tx, WalkedTable table, WalkedColumn column) {
        EvidenceStore store = EvidenceStore.in(tx);
        long run = store.runOf(column.registered())
                .orElseThrow(() -> SealwayException.refused(
                        "column %s.%s has no evidence to be compared with; 'sealway verify' stores it while the plaintext is there and the plan names a key bundle"
                                .formatted(table.name(), column.plaintext())));
        List<EvidenceChunk> chunks = store.of(column.registered()).stream()
                .filter(c -> c.number() != EvidenceChunk.TOTAL)
                .toList();
        EvidenceHash hash = new EvidenceHash(
                evidence, EvidenceHash.idOf(run), column.registered().context());
        return compare(new EvidenceLook(tx, table, column, hash), chunks, column, run);
    }

    private Column compare(EvidenceLook look, List<EvidenceChunk> chunks, WalkedColumn column, long run) {
        String work = "compare %s with its evidence".formatted(column.plaintext());
        progress.began(work, chunks.stream().mapToLong(EvidenceChunk::rows).sum());
        List<Chunk> differing = new ArrayList<>();
        long failed = 0;
        for (int at = 0; at < chunks.size(); at++) {
            StretchSum now = look.chunk(chunks, at);
            failed += now.failed();
            if (!isEqual(chunks.get(at), now)) {
                differing.add(chunk(chunks.get(at), now));
            }
            progress.advanced(work, now.rows());
        }
        List<StretchSum> outside = look.outside(chunks);
        progress.ended(work);
        return new Column(
                column.plaintext().name(),
                run,
                chunks.size() - differing.size(),
                differing,
                outside.stream().mapToLong(StretchSum::rows).sum(),
                failed + outside.stream().mapToLong(StretchSum::failed).sum());
    }

    private static boolean isEqual(EvidenceChunk then, StretchSum now) {
        return then.rows() == now.rows()
                && then.nulls() == now.nulls()
                && now.failed() == 0
                && then.sum().equals(now.sum());
    }

    private static Chunk chunk(EvidenceChunk then, StretchSum now) {
        return new Chunk(then.number(), then.rows(), then.nulls(), now.rows(), now.nulls(), now.failed());
    }
}
