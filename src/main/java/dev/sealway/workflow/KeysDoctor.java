package dev.sealway.workflow;

import dev.sealway.crypto.KeyBundle;
import dev.sealway.doctor.Finding;
import dev.sealway.doctor.Finding.Group;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.Attestations;
import dev.sealway.ledger.LedgerSchema;
import dev.sealway.plan.Plan;
import java.util.ArrayList;
import java.util.List;

/** Whether the keys can be reached, are this database's, and would not be lost with their store. */
final class KeysDoctor {

    private final Means means;

    KeysDoctor(Means means) {
        this.means = means;
    }

    List<Finding> look(Plan plan) {
        List<Finding> findings = new ArrayList<>();
        boolean installed = means.database()
                .inTransaction(TransactionSettings.reading(), "looking for the ledger", LedgerSchema::isInstalled);
        try {
            if (plan.keys().isPresent()) {
                KeyBundle bundle = means.keys().get();
                findings.add(Finding.ok(
                        Group.KEYS,
                        "key bundle %s is reached: %d keysets"
                                .formatted(bundle.id(), bundle.keysets().size())));
                findings.add(attested(bundle, installed));
            }
            if (installed) {
                new KeyCheck(means).compare(plan);
                findings.add(Finding.ok(Group.KEYS, "the keys open this database's canaries"));
            }
        } catch (SealwayException e) {
            findings.add(Finding.refusal(
                    Group.KEYS,
                    "the keys are not there, or not this database's",
                    String.valueOf(e.getMessage()),
                    "correct what the plan says under keys and ciphers, or the environment"));
        }
        return findings;
    }

    private Finding attested(KeyBundle bundle, boolean installed) {
        boolean covered = installed
                && means.database()
                        .inTransaction(
                                TransactionSettings.reading(), "looking for an attestation", tx -> Attestations.in(tx)
                                        .latest(bundle.id())
                                        .filter(a -> a.covers(bundle))
                                        .isPresent());
        return covered
                ? Finding.ok(Group.KEYS, "somebody said where a copy of bundle %s is kept".formatted(bundle.id()))
                : Finding.warning(
                        Group.KEYS,
                        "nobody has said that a copy of bundle %s is kept off line".formatted(bundle.id()),
                        "without its keys the values are lost after the drop",
                        "sealway keys attest --offline-copy \"where\"");
    }
}
