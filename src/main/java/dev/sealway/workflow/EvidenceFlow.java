package dev.sealway.workflow;

import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.Prf;
import dev.sealway.error.SealwayException;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.phase.evidence.CompareEvidence;
import dev.sealway.phase.evidence.EvidenceReport;
import dev.sealway.plan.Selection;
import java.util.ArrayList;
import java.util.List;

/** Compares columns with their evidence, from verified on and also after the drop. */
final class EvidenceFlow {

    private final Means means;
    private final Journal journal;
    private final Resolver resolver;

    EvidenceFlow(Means means) {
        this.means = means;
        this.journal = new Journal(means);
        this.resolver = new Resolver(means);
    }

    EvidenceReport run(Selection selection) {
        if (means.plan().keys().isEmpty()) {
            throw SealwayException.refused(
                    "plan %s names no key bundle, so there is no evidence: a sum without a key could be guessed from"
                            .formatted(means.plan().name()));
        }
        return journal.run("verify --evidence", selection, run -> {
            journal.requireKeys(selection);
            Prf prf = means.keys().get().prf(KeyBundle.EVIDENCE_KEYSET);
            CompareEvidence compare = new CompareEvidence(means.database(), prf, means.progress());
            List<EvidenceReport.Table> tables = new ArrayList<>();
            for (ResolvedTable table : resolver.resolve(selection)) {
                tables.add(compare.run(resolver.walked(table, verified(table)), run));
            }
            return new EvidenceReport(tables);
        });
    }

    private static List<RegisteredColumn> verified(ResolvedTable table) {
        table.selected().stream()
                .filter(c -> !c.phase().isAtLeast(ColumnPhase.VERIFIED))
                .findFirst()
                .ifPresent(c -> {
                    throw SealwayException.refused("column %s.%s is %s; run 'sealway verify' first"
                            .formatted(
                                    table.live().name(),
                                    c.plaintext(),
                                    c.phase().word()));
                });
        return table.selected();
    }
}
