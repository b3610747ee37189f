package dev.sealway.workflow;

import dev.sealway.audit.AuditEntry;
import dev.sealway.audit.AuditHead;
import dev.sealway.audit.AuditPen;
import dev.sealway.audit.AuditTrail;
import dev.sealway.audit.AuditVerdict;
import dev.sealway.audit.AuditVerifier;
import dev.sealway.crypto.KeyBundle;
import dev.sealway.crypto.KeyPurpose;
import dev.sealway.crypto.Mac;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Reads the audit trail of a database, of all its plans, and checks it. Writes nothing. Thread-safe. */
public final class AuditFlow {

    private final Means means;

    AuditFlow(Means means) {
        this.means = means;
    }

    /** The newest entry that was written through this Sealway; empty if there is none. */
    public Optional<AuditHead> written() {
        return means.database().companion(AuditPen.class).flatMap(AuditPen::head);
    }

    /**
     * Some entries, the oldest first.
     *
     * @param since only entries after this number, from there on; empty for the last ones
     */
    public AuditList list(OptionalLong since, int limit) {
        List<AuditEntry> entries = reading(
                tx -> {
                    AuditTrail trail = AuditTrail.in(tx);
                    return since.isPresent() ? trail.after(since.getAsLong(), limit) : trail.last(limit);
                },
                List.of());
        return new AuditList(entries);
    }

    /**
     * Reads the whole trail and holds it against its hashes, its signatures and {@code anchors}.
     *
     * @param withKeys whether to check signatures, with the plan's key bundle
     * @throws dev.sealway.error.SealwayException if the bundle is needed and cannot be had, or is another database's
     */
    public AuditVerdict verify(List<AuditHead> anchors, boolean withKeys) {
        Optional<Mac> mac = withKeys ? mac() : Optional.empty();
        AuditVerifier verifier = new AuditVerifier(mac, anchors);
        return means.database()
                .inTransaction(TransactionSettings.snapshot(), "reading the audit trail", verifier::verify);
    }

    Optional<Mac> mac() {
        if (means.plan().keys().isEmpty()) {
            return Optional.empty();
        }
        new KeyCheck(means).compareBundle();
        KeyBundle bundle = means.keys().get();
        return bundle.has(KeyBundle.AUDIT_KEYSET, KeyPurpose.MAC)
                ? Optional.of(bundle.mac(KeyBundle.AUDIT_KEYSET))
                : Optional.empty();
    }

    private <T> T reading(Function<Transaction, T> work, T without) {
        return means.database()
                .inTransaction(
                        TransactionSettings.reading(),
                        "reading the audit trail",
                        tx -> AuditTrail.in(tx).exists() ? work.apply(tx) : without);
    }
}
