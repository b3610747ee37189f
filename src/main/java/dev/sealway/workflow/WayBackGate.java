package dev.sealway.workflow;

import dev.sealway.audit.AuditTrail;
import dev.sealway.crypto.KeyBundle;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.Attestations;
import dev.sealway.ledger.Keyring;
import dev.sealway.ledger.Rehearsals;
import dev.sealway.plan.ConfirmationPhrase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lets no plaintext go whose way back nobody has tried, or which hangs on keys that exist once: a rehearsal newer than
 * verify, and a copy of the key bundle off line.
 */
final class WayBackGate {

    private final Means means;

    WayBackGate(Means means) {
        this.means = means;
    }

    /**
     * Writes down what is said for the first time, and what is overridden.
     *
     * @param phrase which this drop is confirmed by
     * @throws SealwayException with the cure
     */
    void pass(List<ResolvedTable> tables, ContractTerms terms, ConfirmationPhrase phrase, long run) {
        List<String> unrehearsed = unrehearsed(tables);
        requireRehearsal(unrehearsed, terms.skipRehearsal(), phrase);
        Optional<KeyBundle> untold = unattested();
        requireCopy(untold, terms.offlineCopy());
        means.database().inTransaction(TransactionSettings.writing(), "writing down the terms of the drop", tx -> {
            untold.ifPresent(
                    bundle -> attest(tx, bundle, run, terms.offlineCopy().orElseThrow()));
            if (!unrehearsed.isEmpty()) {
                AuditTrail.in(tx).append(run, "override.rehearsal_skipped", Map.of("tables", unrehearsed));
            }
            return null;
        });
        unrehearsed.forEach(t -> means.progress()
                .notice("the way back of %s was not rehearsed; somebody chose to drop without".formatted(t)));
    }

    /** What would stop a drop about which nobody says more than its phrase. */
    List<String> missing(List<ResolvedTable> tables, ConfirmationPhrase phrase) {
        return Stream.<Runnable>of(
                        () -> requireRehearsal(unrehearsed(tables), Optional.empty(), phrase),
                        () -> requireCopy(unattested(), Optional.empty()))
                .flatMap(gate -> refusal(gate).stream())
                .toList();
    }

    private static Optional<String> refusal(Runnable gate) {
        try {
            gate.run();
            return Optional.empty();
        } catch (SealwayException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** The tables whose way back was not tried since they were verified. */
    private List<String> unrehearsed(List<ResolvedTable> tables) {
        return means.database()
                .inTransaction(TransactionSettings.reading(), "looking for rehearsals", tx -> tables.stream()
                        .filter(t -> !Rehearsals.in(tx).cover(t.registered(), t.withPlaintext()))
                        .map(t -> t.live().name().toString())
                        .toList());
    }

    private static void requireRehearsal(List<String> tables, Optional<String> skip, ConfirmationPhrase phrase) {
        if (skip.isPresent() && !phrase.isSaidBy(skip.get())) {
            throw SealwayException.refused(
                    "the rehearsal is skipped by saying the phrase that confirms the drop once more, and what was said is not it: %s"
                            .formatted(phrase));
        }
        if (!tables.isEmpty() && skip.isEmpty()) {
            throw SealwayException.refused(
                    ("the way back of %s was not rehearsed since its last verify; run 'sealway rollback --rehearse', which"
                                    + " changes nothing, and then 'sealway contract' again")
                            .formatted(String.join(", ", tables)));
        }
    }

    /** The bundle that no copy is known of; also if the plan has none, nothing is missing. */
    private Optional<KeyBundle> unattested() {
        if (means.plan().keys().isEmpty()) {
            return Optional.empty();
        }
        KeyBundle bundle = means.keys().get();
        boolean attested = means.database()
                .inTransaction(TransactionSettings.reading(), "looking for an attestation", tx -> Attestations.in(tx)
                        .latest(bundle.id())
                        .filter(a -> a.covers(bundle))
                        .isPresent());
        return attested ? Optional.empty() : Optional.of(bundle);
    }

    private static void requireCopy(Optional<KeyBundle> untold, Optional<String> offlineCopy) {
        offlineCopy.ifPresent(OfflineCopy::words);
        if (untold.isPresent() && offlineCopy.isEmpty()) {
            throw SealwayException.refused(
                    ("nobody has said that a copy of key bundle %s is kept off line, and after the drop its values are lost"
                                    + " with its keys; keep one, and say so: sealway keys attest --offline-copy \"where\"")
                            .formatted(untold.get().id()));
        }
    }

    private static void attest(Transaction tx, KeyBundle bundle, long run, String where) {
        Keyring.in(tx).record(bundle);
        Attestations.in(tx).record(run, bundle, OfflineCopy.words(where));
    }
}
