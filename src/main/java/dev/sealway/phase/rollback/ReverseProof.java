package dev.sealway.phase.rollback;

import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.crypto.Prf;
import dev.sealway.error.SealwayException;
import dev.sealway.guard.ChangeWatch;
import dev.sealway.guard.Guard;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.ShortLock;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.EvidenceChunk;
import dev.sealway.ledger.EvidenceStore;
import dev.sealway.ledger.Registry;
import dev.sealway.ledger.Verification;
import dev.sealway.progress.Progress;
import dev.sealway.proof.ColumnProof;
import dev.sealway.proof.EvidenceHash;
import dev.sealway.proof.Mismatch;
import dev.sealway.proof.TableProof;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Holds every row that was filled after a drop against its ciphertext, and the whole against the evidence from before it.
 *
 * <p>A wrong row is refused. Evidence that differs is told: applications have changed rows since. Rows that change from here
 * on are written down. Thread-safe.
 */
public final class ReverseProof {

    private final Database database;
    private final ShortLock shortLock;
    private final Optional<Prf> evidence;
    private final Progress progress;

    /** @param evidence the key that the evidence was made with; without one there is none */
    public ReverseProof(Database database, ShortLock shortLock, Optional<Prf> evidence, Progress progress) {
        this.database = database;
        this.shortLock = shortLock;
        this.evidence = evidence;
        this.progress = progress;
    }

    /**
     * @param table with the columns that come back
     * @return what the evidence says, a sentence for each column
     */
    public List<String> run(WalkedTable table) {
        List<String> told = new ArrayList<>();
        try (Session session = database.open()) {
            watch(session, table);
            for (Map.Entry<Long, List<WalkedColumn>> verified : byVerify(table).entrySet()) {
                told.addAll(prove(session, table.with(verified.getValue()), verified.getKey()));
            }
        }
        return told;
    }

    private void watch(Session session, WalkedTable table) {
        ChangeWatch watch = new ChangeWatch(table.registered().id(), table.name());
        String doing = "watching %s for changes".formatted(table.name());
        shortLock.run(session, table.name(), doing, TransactionSettings.writing(), tx -> {
            if (!watch.isArmed(tx)) {
                watch.arm(tx, table.rowKey().names());
            }
            return null;
        });
    }

    private Map<Long, List<WalkedColumn>> byVerify(WalkedTable table) {
        return database.inTransaction(
                TransactionSettings.reading(), "looking for the last verify", tx -> table.columns().stream()
                        .collect(Collectors.groupingBy(
                                c -> Registry.in(tx)
                                        .verification(c.registered())
                                        .map(Verification::runId)
                                        .orElse(0L),
                                TreeMap::new,
                                Collectors.toList())));
    }

    private List<String> prove(Session session, WalkedTable table, long run) {
        String work = "prove %s".formatted(table.name());
        progress.began(work, Math.max(0, table.live().estimatedRows()));
        List<String> told = session.inTransaction(TransactionSettings.snapshot(), work, tx -> {
            List<ColumnProof> proofs =
                    new TableProof(table).ofEveryRow(tx, evidence, EvidenceHash.idOf(run), progress, work);
            proofs.forEach(proof -> require(table, proof));
            return evidence.isEmpty()
                    ? List.<String>of()
                    : proofs.stream()
                            .map(p -> words(
                                    table, p, EvidenceStore.in(tx).of(p.column().registered())))
                            .toList();
        });
        progress.ended(work);
        told.forEach(progress::done);
        return told;
    }

    private static void require(WalkedTable table, ColumnProof proof) {
        if (!proof.passed()) {
            throw SealwayException.refused(
                    "%d values of %s.%s are not what their ciphertexts hold, so nothing is removed: %s. %s, then run 'sealway rollback' again"
                            .formatted(
                                    proof.mismatched(),
                                    table.name(),
                                    proof.column().plaintext(),
                                    proof.examples().stream()
                                            .map(Mismatch::words)
                                            .collect(Collectors.joining("; ")),
                                    Guard.EMPTYING));
        }
    }

    private static String words(WalkedTable table, ColumnProof proof, List<EvidenceChunk> stored) {
        Set<EvidenceChunk> before = new HashSet<>(stored);
        long chunks =
                stored.stream().filter(c -> c.number() != EvidenceChunk.TOTAL).count();
        long equal = proof.evidence().stream()
                .filter(c -> c.number() != EvidenceChunk.TOTAL)
                .filter(before::contains)
                .count();
        return proof.total().filter(before::contains).isPresent()
                ? "Evidence of %s.%s: all is as the last verify saw it"
                        .formatted(table.name(), proof.column().plaintext())
                : "Evidence of %s.%s: %d of %d chunks are as the last verify saw them; applications have changed the others since"
                        .formatted(table.name(), proof.column().plaintext(), equal, chunks);
    }
}
