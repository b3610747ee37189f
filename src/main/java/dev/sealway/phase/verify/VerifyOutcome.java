package dev.sealway.phase.verify;

import dev.sealway.batch.WalkedTable;
import dev.sealway.jdbc.Transaction;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.EvidenceStore;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.ledger.Registry;
import dev.sealway.ledger.VerifiedTables;
import dev.sealway.proof.ColumnProof;
import java.util.List;

/** Writes into the ledger what verify found. */
final class VerifyOutcome {

    private final Transaction tx;
    private final long runId;

    VerifyOutcome(Transaction tx, long runId) {
        this.tx = tx;
        this.runId = runId;
    }

    void record(WalkedTable table, List<ColumnProof> proofs, String fingerprint) {
        Registry registry = Registry.in(tx);
        // verify itself took back what was verified before
        RegisteredTable now = registry.table(table.registered().id()).orElseThrow();
        for (ColumnProof proof : proofs) {
            RegisteredColumn column = column(now, proof);
            registry.countedDirty(column, proof.dirty());
            if (proof.passed()) {
                EvidenceStore.in(tx).replace(column, runId, proof.evidence());
                passed(registry, column);
            }
        }
        table.columns().stream().map(c -> c.registered().change()).distinct().forEach(change -> VerifiedTables.in(tx)
                .remember(table.registered(), change, fingerprint, runId));
    }

    private void passed(Registry registry, RegisteredColumn column) {
        if (column.phase() == ColumnPhase.CUT_OVER) {
            registry.verified(column, runId);
        } else {
            registry.moveTo(column, ColumnPhase.VERIFIED, runId);
        }
    }

    private static RegisteredColumn column(RegisteredTable now, ColumnProof proof) {
        return now.columns().stream()
                .filter(c -> c.id() == proof.column().registered().id())
                .findFirst()
                .orElseThrow();
    }
}
