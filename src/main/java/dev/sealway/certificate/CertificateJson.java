package dev.sealway.certificate;

import dev.sealway.audit.AuditBreak;
import dev.sealway.audit.AuditVerdict;
import dev.sealway.ledger.Chronicle;
import dev.sealway.ledger.KnownKey;
import dev.sealway.ledger.RecordedBackup;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A certificate as the JSON that is signed: the format is described in {@code docs/reference/certificate.md}. */
final class CertificateJson {

    private static final int VERSION = 1;

    private CertificateJson() {}

    static Map<String, @Nullable Object> of(Certificate certificate) {
        Certificate.Heading heading = certificate.heading();
        return new Members()
                .and("certificate_version", VERSION)
                .and("complete", certificate.isComplete())
                .and("plan", heading.plan())
                .and("database", heading.database())
                .and("server", heading.server())
                .and("made_at", heading.madeAt())
                .and("made_by", heading.madeBy())
                .and("tool", heading.tool())
                .and("columns", certificate.columns(), CertificateJson::column)
                .and("keys", certificate.safeguards().keys(), CertificateJson::key)
                .and("offline_copies", certificate.safeguards().offlineCopies(), CertificateJson::offlineCopy)
                .and("backups", certificate.safeguards().backups(), CertificateJson::backup)
                .and("rehearsals", certificate.safeguards().rehearsals(), CertificateJson::rehearsal)
                .and("runs", certificate.history().runs(), CertificateJson::run)
                .and("decisions", certificate.history().decisions(), CertificateJson::decision)
                .and("residue", certificate.lingering().residue())
                .and("open", certificate.lingering().open())
                .and("audit", trail(certificate.trail()))
                .toMap();
    }

    private static Map<String, @Nullable Object> column(Certificate.Column column) {
        Chronicle.Column facts = column.facts();
        return new Members()
                .and("table", facts.table())
                .and("column", facts.name())
                .and("mode", facts.mode())
                .and("encrypted_column", facts.encrypted())
                .and("search", facts.search(), s -> s)
                .and("algorithm", column.algorithm())
                .and("cipher", facts.sealing().cipher())
                .and("keyset", facts.sealing().keyset())
                .and("context", facts.sealing().context())
                .and("bind", facts.sealing().binding())
                .and("phase", facts.phase().word())
                .and("registered_at", facts.registeredAt())
                .and("reached", facts.reached(), CertificateJson::milestone)
                .and("verified", facts.verified(), CertificateJson::milestone)
                .and("evidence", facts.evidence(), CertificateJson::evidence)
                .and("comparisons", column.comparisons(), CertificateJson::comparison)
                .toMap();
    }

    private static Map<String, @Nullable Object> milestone(Chronicle.Milestone milestone) {
        return new Members()
                .and("at", milestone.at())
                .and("run", milestone.run())
                .and("actor", milestone.actor())
                .toMap();
    }

    private static Map<String, @Nullable Object> evidence(Chronicle.Evidence evidence) {
        return new Members()
                .and("run", evidence.run())
                .and("rows", evidence.rows())
                .and("nulls", evidence.nulls())
                .and("chunks", evidence.chunks())
                .and("sum", evidence.sum())
                .and("key_id", evidence.keyId())
                .toMap();
    }

    private static Map<String, @Nullable Object> comparison(Chronicle.Comparison comparison) {
        return new Members()
                .and("at", comparison.at())
                .and("evidence_run", comparison.evidenceRun())
                .and("chunks_equal", comparison.equal())
                .and("chunks_differing", comparison.differing())
                .and("rows_failed", comparison.failed())
                .toMap();
    }

    private static Map<String, @Nullable Object> key(KnownKey key) {
        return new Members()
                .and("keyset", key.keyset())
                .and("key_id", key.keyId())
                .and("status", status(key))
                .and("encryptions", key.encryptions())
                .and("first_seen", key.firstSeen())
                .and("promoted_at", key.promotedAt(), Instant::toString)
                .and("disabled_at", key.disabledAt(), Instant::toString)
                .and("destroyed_at", key.destroyedAt(), Instant::toString)
                .toMap();
    }

    /** {@code primary}, {@code active}, {@code disabled}, {@code destroyed}. */
    static String status(KnownKey key) {
        if (key.destroyedAt().isPresent()) {
            return "destroyed";
        }
        if (key.disabledAt().isPresent()) {
            return "disabled";
        }
        return key.primary() ? "primary" : "active";
    }

    private static Map<String, @Nullable Object> offlineCopy(Chronicle.OfflineCopy copy) {
        return new Members()
                .and("bundle", copy.bundle())
                .and("at", copy.at())
                .and("actor", copy.actor())
                .and("where", copy.where())
                .toMap();
    }

    private static Map<String, @Nullable Object> backup(RecordedBackup backup) {
        return new Members()
                .and("id", backup.id())
                .and("table", backup.table().toString())
                .and("columns", backup.columns())
                .and("rows", backup.rows())
                .and("file", backup.file().name())
                .and("bytes", backup.file().bytes())
                .and("sha256", backup.file().sha256())
                .and("keyset", backup.keys().keeper())
                .and("key_id", backup.keys().keyId())
                .and("taken_at", backup.takenAt())
                .and("checked_at", backup.checkedAt(), Instant::toString)
                .toMap();
    }

    private static Map<String, @Nullable Object> rehearsal(Chronicle.Rehearsal rehearsal) {
        return new Members()
                .and("table", rehearsal.table())
                .and("columns", rehearsal.columns())
                .and("rows", rehearsal.rows())
                .and("at", rehearsal.at())
                .and("run", rehearsal.run())
                .toMap();
    }

    private static Map<String, @Nullable Object> run(Chronicle.Step run) {
        return new Members()
                .and("run", run.run())
                .and("verb", run.verb())
                .and("actor", run.actor())
                .and("began", run.began())
                .and("ended", run.ended())
                .and("outcome", run.outcome())
                .toMap();
    }

    private static Map<String, @Nullable Object> decision(Chronicle.Decision decision) {
        return new Members()
                .and("seq", decision.seq())
                .and("at", decision.at())
                .and("actor", decision.actor())
                .and("event", decision.event())
                .and("body", decision.body())
                .toMap();
    }

    private static Map<String, @Nullable Object> trail(AuditVerdict trail) {
        return new Members()
                .and("entries", trail.entries())
                .and("head_seq", trail.head().seq())
                .and("head_hash", trail.head().hash())
                .and("unsigned", trail.unsigned())
                .and("signatures_checked", trail.signaturesChecked())
                .and("first_break", trail.firstBreak(), AuditBreak::words)
                .toMap();
    }
}
