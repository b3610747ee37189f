package dev.sealway.ledger;

import dev.sealway.audit.AuditTrail;
import dev.sealway.crypto.KeyBundle;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who said where copies of key bundles are. Bound to one transaction; not thread-safe. */
public final class Attestations {

    private final Transaction tx;

    private Attestations(Transaction tx) {
        this.tx = tx;
    }

    public static Attestations in(Transaction tx) {
        return new Attestations(tx);
    }

    /** @param offlineCopy where it is, in words; not blank */
    public void record(long runId, KeyBundle bundle, String offlineCopy) {
        tx.execute(
                Sql.of("""
                        INSERT INTO sealway.key_attestation (run_id, bundle_id, fingerprint, keys, offline_copy)
                        VALUES (?, ?, ?, ?, ?)"""),
                runId,
                bundle.id(),
                bundle.fingerprint(),
                Attestation.keysOf(bundle).toArray(String[]::new),
                offlineCopy);
        AuditTrail.in(tx)
                .append(
                        runId,
                        "key.attested",
                        Map.of(
                                "bundle", bundle.id(),
                                "fingerprint", bundle.fingerprint(),
                                "keys", Attestation.keysOf(bundle),
                                "offline_copy", offlineCopy));
    }

    /** The last one for bundles of this id. */
    public Optional<Attestation> latest(String bundleId) {
        return tx.first(
                Sql.of("""
                        SELECT at, actor, bundle_id, fingerprint, keys, offline_copy
                          FROM sealway.key_attestation WHERE bundle_id = ? ORDER BY id DESC LIMIT 1"""),
                row -> new Attestation(
                        row.getObject(1, OffsetDateTime.class).toInstant(),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        RowKeys.read(row, 5).orElse(List.of()),
                        row.getString(6)),
                bundleId);
    }
}
