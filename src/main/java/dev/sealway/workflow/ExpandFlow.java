package dev.sealway.workflow;

import dev.sealway.catalog.LiveTable;
import dev.sealway.crypto.Ciphers;
import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.KeyPurpose;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.NewColumn;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.ledger.Registry;
import dev.sealway.phase.expand.Expand;
import dev.sealway.phase.expand.ExpandReport;
import dev.sealway.phase.inplace.Enlist;
import dev.sealway.plan.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Checks the whole selection, registers it, and only then touches the first table. */
final class ExpandFlow {

    private final Means means;
    private final Journal journal;

    ExpandFlow(Means means) {
        this.means = means;
        this.journal = new Journal(means);
    }

    ExpandReport run(Selection selection) {
        return journal.run("expand", selection, run -> {
            List<Proposal> proposals = new CheckFlow(means).proposals(selection);
            requireKeysets(proposals);
            journal.requireKeys(selection);
            List<ExpandReport.Table> tables = new ArrayList<>();
            for (Proposal proposal : proposals) {
                RegisteredTable registered = register(proposal);
                tables.add(new ExpandReport.Table(
                        proposal.plan().name(),
                        expand(registered, proposal.live(), run).stream()
                                .map(c -> c.plaintext().name())
                                .toList()));
            }
            return new ExpandReport(tables);
        });
    }

    private List<RegisteredColumn> expand(RegisteredTable table, LiveTable live, long run) {
        return switch (table.mode()) {
            case EXPAND -> new Expand(means.database(), means.shortLock(), means.progress()).run(table, live, run);
            case IN_PLACE -> new Enlist(means.database(), means.progress()).run(table, run);
        };
    }

    private RegisteredTable register(Proposal proposal) {
        return means.database()
                .inTransaction(
                        TransactionSettings.writing(),
                        "registering %s".formatted(proposal.plan().name()),
                        tx -> {
                            Registry registry = Registry.in(tx);
                            RegisteredTable table = registry.register(
                                    means.plan().name(),
                                    proposal.live(),
                                    proposal.plan().mode(),
                                    proposal.plan().binding());
                            proposal.columns().forEach(c -> registry.register(table, withTokenKey(c)));
                            return registry.table(table.id()).orElseThrow();
                        });
    }

    /** Tokens made under different keys do not find each other, so the one of the first token stays. */
    private NewColumn withTokenKey(NewColumn column) {
        return column.search().isEmpty()
                ? column
                : column.withTokenKey(
                        means.keys().get().keyset(KeyBundle.TOKEN_KEYSET).primaryKeyId());
    }

    /** Every key that will be needed, so that none is found missing half way. */
    private void requireKeysets(List<Proposal> proposals) {
        List<NewColumn> columns =
                proposals.stream().flatMap(p -> p.columns().stream()).toList();
        Map<String, KeyPurpose> needed = new TreeMap<>();
        if (means.plan().keys().isPresent()) {
            needed.put(KeyBundle.EVIDENCE_KEYSET, KeyPurpose.PRF);
        }
        if (columns.stream().anyMatch(c -> c.search().isPresent())) {
            needed.put(KeyBundle.TOKEN_KEYSET, KeyPurpose.PRF);
        }
        columns.stream()
                .filter(c -> c.cipher().equals(Ciphers.TINK))
                .forEach(c -> needed.put(c.keyset(), KeyPurpose.AEAD));
        if (!needed.isEmpty()) {
            requireInBundle(needed);
        }
        columns.forEach(c -> means.ciphers().of(c.cipher(), c.keyset()));
    }

    private void requireInBundle(Map<String, KeyPurpose> needed) {
        KeyBundle keys = means.keys().get();
        List<String> missing = needed.entrySet().stream()
                .filter(e -> !keys.has(e.getKey(), e.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        if (!missing.isEmpty()) {
            throw SealwayException.refused("key bundle %s lacks the keysets %s; add them, or name others in the plan"
                    .formatted(keys.id(), missing));
        }
    }
}
