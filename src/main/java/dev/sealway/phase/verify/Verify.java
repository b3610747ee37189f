package dev.sealway.phase.verify;

import dev.sealway.batch.LegacyWatching;
import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.catalog.TableFingerprint;
import dev.sealway.crypto.Prf;
import dev.sealway.guard.ChangeWatch;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.ShortLock;
import dev.sealway.jdbc.SqlFailure;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.Recheck;
import dev.sealway.ledger.Registry;
import dev.sealway.phase.verify.VerifyReport.Column;
import dev.sealway.plan.TableName;
import dev.sealway.progress.Progress;
import dev.sealway.proof.ColumnProof;
import dev.sealway.proof.EvidenceHash;
import dev.sealway.proof.Mismatch;
import dev.sealway.proof.TableProof;
import java.util.List;
import java.util.Optional;

/**
 * Decrypts every row of a table in one snapshot, compares it byte by byte with its plaintext, recomputes every search
 * token, and stores evidence.
 *
 * <p>From before the snapshot a trigger writes down which rows change, so that contract need only look at those again.
 * Rows that are dirty at the moment of the snapshot are counted, not failed: whoever encrypts them writes to them, and so
 * has them looked at again. Thread-safe.
 */
public final class Verify {

    private static final int LOOKS = 3;

    private final Database database;
    private final ShortLock shortLock;
    private final Optional<Prf> evidence;
    private final Progress progress;

    /** @param evidence the key that evidence is made with; without one there is none */
    public Verify(Database database, ShortLock shortLock, Optional<Prf> evidence, Progress progress) {
        this.database = database;
        this.shortLock = shortLock;
        this.evidence = evidence;
        this.progress = progress;
    }

    /** What one snapshot showed. */
    private record Seen(List<ColumnProof> proofs, String fingerprint) {}

    /**
     * Moves the columns to verified, or back to backfilled where a row is wrong. One that is cut over stays so; whether it is
     * verified is told beside its phase.
     *
     * @param table with every column of it that is verified, and others
     */
    public VerifyReport.Table run(WalkedTable table, long runId) {
        try (Session session = database.open()) {
            watch(session, table, runId);
            Seen seen = lookPatiently(session, table, runId);
            session.inTransaction(
                    TransactionSettings.writing(),
                    "recording the outcome of verify for %s".formatted(table.name()),
                    tx -> {
                        new VerifyOutcome(tx, runId).record(table, seen.proofs, seen.fingerprint);
                        return null;
                    });
            return report(table, seen.proofs);
        }
    }

    /**
     * Entries from before are forgotten only once the trigger stands: what they tell of, the snapshot sees. Whoever kills
     * verify before it has looked leaves nothing verified, since what had changed until now is forgotten.
     */
    private void watch(Session session, WalkedTable table, long runId) {
        ChangeWatch watch = new ChangeWatch(table.registered().id(), table.name());
        String doing = "watching %s for changes".formatted(table.name());
        shortLock.run(session, table.name(), doing, TransactionSettings.writing(), tx -> {
            watch.arm(tx, table.rowKey().names());
            LegacyWatching.suspend(tx, table.registered().id(), table.name()).start(table.registered());
            return null;
        });
        session.inTransaction(TransactionSettings.writing(), doing, tx -> {
            Recheck.in(tx).clear(table.registered());
            Registry registry = Registry.in(tx);
            table.columns().stream()
                    .map(WalkedColumn::registered)
                    .filter(c -> c.phase() == ColumnPhase.VERIFIED)
                    .forEach(c -> registry.moveTo(c, ColumnPhase.BACKFILLED, runId));
            table.columns().stream()
                    .map(WalkedColumn::registered)
                    .filter(c -> c.phase() == ColumnPhase.CUT_OVER)
                    .forEach(registry::distrust);
            return null;
        });
    }

    /** A snapshot cannot go on in another session, so that a look begins anew; rows that changed meanwhile are watched. */
    private Seen lookPatiently(Session session, WalkedTable table, long runId) {
        for (int look = 1; ; look++) {
            try {
                return look(session, table, runId);
            } catch (SqlFailure e) {
                if (!e.isConnectionLost() || look == LOOKS) {
                    throw e;
                }
                progress.notice("the connection was lost in the middle of verify of %s, which begins anew"
                        .formatted(table.name()));
            }
        }
    }

    private Seen look(Session session, WalkedTable table, long runId) {
        String work = "verify %s".formatted(table.name());
        progress.began(work, Math.max(0, table.live().estimatedRows()));
        Seen seen = session.inTransaction(TransactionSettings.snapshot(), work, tx -> {
            table.guard().require(tx, table.guarded(), table.rowKey().names());
            List<ColumnProof> proofs =
                    new TableProof(table).ofEveryRow(tx, evidence, EvidenceHash.idOf(runId), progress, work);
            return new Seen(
                    proofs,
                    TableFingerprint.of(
                            tx,
                            table.live(),
                            table.registered().ownedColumns(),
                            table.registered().ownedTexts()));
        });
        progress.ended(work);
        return seen;
    }

    private static VerifyReport.Table report(WalkedTable table, List<ColumnProof> proofs) {
        TableName name = table.live().tableName();
        return new VerifyReport.Table(name, proofs.stream().map(Verify::column).toList());
    }

    private static Column column(ColumnProof proof) {
        return new Column(
                proof.column().plaintext().name(),
                proof.proven(),
                proof.onlyEncrypted(),
                proof.nulls(),
                proof.dirty(),
                0,
                proof.mismatched(),
                proof.examples().stream().map(Mismatch::words).toList(),
                proof.passed(),
                proof.total().map(t -> "%064x".formatted(t.sum())));
    }
}
