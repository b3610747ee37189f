package dev.sealway.workflow;

import dev.sealway.audit.AuditEntry;
import dev.sealway.audit.AuditTrail;
import dev.sealway.audit.AuditVerdict;
import dev.sealway.audit.AuditVerifier;
import dev.sealway.certificate.Certificate;
import dev.sealway.certificate.CertificateFiles;
import dev.sealway.certificate.SignedCertificate;
import dev.sealway.crypto.Ciphers;
import dev.sealway.crypto.Mac;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.Backups;
import dev.sealway.ledger.Chronicle;
import dev.sealway.ledger.KeyLife;
import dev.sealway.ledger.LedgerSchema;
import dev.sealway.plan.Selection;
import dev.sealway.residue.Residue;
import dev.sealway.residue.Suspect;
import dev.sealway.residue.Trace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes certificates of what was done under a plan, and checks them. */
final class CertificateFlow {

    private static final int RUNS = 200;
    private static final String MADE = "certificate.made";

    private static final Sql PLACE = Sql.of("""
            SELECT pg_catalog.current_database(), pg_catalog.current_setting('server_version'), session_user,
                   pg_catalog.clock_timestamp()""");

    private final Means means;

    CertificateFlow(Means means) {
        this.means = means;
    }

    /** @param out a directory, or the name of either file */
    CertificateReport write(Path out) {
        LedgerSchema.install(means.database());
        Optional<Mac> mac = new AuditFlow(means).mac();
        List<Suspect> suspects = new ResidueFlow(means).suspects(Selection.ALL);
        Certificate certificate = means.database()
                .inTransaction(
                        TransactionSettings.snapshot(),
                        "reading what a certificate tells",
                        tx -> read(tx, mac, suspects));
        SignedCertificate signed = SignedCertificate.sign(certificate, mac);
        Certificate.Heading heading = certificate.heading();
        CertificateFiles files = CertificateFiles.at(out, heading.plan(), heading.madeAt());
        files.write(certificate, signed);
        means.database().inTransaction(TransactionSettings.writing(), "recording a certificate", tx -> {
            AuditTrail.in(tx).append(MADE, Map.of("plan", heading.plan(), "sha256", signed.sha256()));
            return signed;
        });
        return new CertificateReport(
                files.page().toString(),
                files.document().toString(),
                signed.sha256(),
                signed.mac().isPresent(),
                certificate.lingering().open());
    }

    CertificateCheck check(Path document) {
        SignedCertificate signed = SignedCertificate.read(text(document), document.toString());
        Optional<Mac> mac = new AuditFlow(means).mac();
        boolean inTrail = means.database()
                .inTransaction(
                        TransactionSettings.reading(),
                        "looking for a certificate",
                        tx -> isInTrail(tx, signed.sha256()));
        return new CertificateCheck(
                document.toString(),
                signed.sha256(),
                signed.isWhole(),
                mac.filter(signed::isSignedWith).isPresent(),
                inTrail);
    }

    private static boolean isInTrail(Transaction tx, String sha256) {
        AuditTrail trail = AuditTrail.in(tx);
        return trail.exists()
                && trail.of(MADE).stream().map(AuditEntry::body).anyMatch(body -> body.contains('"' + sha256 + '"'));
    }

    private static String text(Path document) {
        try {
            return new String(Files.readAllBytes(document), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw SealwayException.wrongUsage(
                    "%s cannot be read (%s)".formatted(document, e.getClass().getSimpleName()));
        }
    }

    private Certificate read(Transaction tx, Optional<Mac> mac, List<Suspect> suspects) {
        Chronicle chronicle = Chronicle.in(tx);
        String plan = means.plan().name();
        List<Chronicle.Column> facts = chronicle.columns(plan);
        if (facts.isEmpty()) {
            throw SealwayException.refused(
                    "no column of plan %s is registered in this database; run 'sealway expand' first".formatted(plan));
        }
        List<Chronicle.Comparison> comparisons = chronicle.comparisons();
        AuditVerdict trail = new AuditVerifier(mac, List.of()).verify(tx);
        Certificate.Safeguards safeguards = new Certificate.Safeguards(
                KeyLife.in(tx).keys(), chronicle.offlineCopies(), Backups.in(tx).of(plan), chronicle.rehearsals(plan));
        return new Certificate(
                heading(tx),
                facts.stream().map(f -> column(f, comparisons)).toList(),
                safeguards,
                new Certificate.History(chronicle.runs(plan, RUNS), chronicle.decisions()),
                new Certificate.Lingering(residue(tx, suspects), open(facts, comparisons, trail)),
                trail);
    }

    /** Whatever was not found to be clean. */
    private static List<String> residue(Transaction tx, List<Suspect> suspects) {
        return Residue.of(tx, suspects).stream()
                .filter(trace -> trace.state() != Trace.State.CLEAN)
                .map(Trace::sentence)
                .toList();
    }

    private Certificate.Heading heading(Transaction tx) {
        record Place(String database, String version, String role, Instant now) {}
        Place place = tx.first(
                        PLACE,
                        row -> new Place(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getObject(4, OffsetDateTime.class).toInstant()))
                .orElseThrow();
        String tool = Optional.ofNullable(Certificate.class.getPackage().getImplementationVersion())
                .map("Sealway %s"::formatted)
                .orElse("Sealway, not run from its jar");
        return new Certificate.Heading(
                means.plan().name(),
                place.database,
                "PostgreSQL %s".formatted(place.version),
                place.now,
                AuditTrail.in(tx).actor(),
                tool);
    }

    private static Certificate.Column column(Chronicle.Column facts, List<Chronicle.Comparison> all) {
        return new Certificate.Column(facts, algorithm(facts.sealing().cipher()), comparisons(facts, all));
    }

    private static List<Chronicle.Comparison> comparisons(Chronicle.Column facts, List<Chronicle.Comparison> all) {
        long run = facts.evidence().map(Chronicle.Evidence::run).orElse(0L);
        String name = "%s.%s".formatted(facts.table(), facts.name());
        return all.stream()
                .filter(c -> c.column().equals(name) && c.evidenceRun() == run)
                .toList();
    }

    private static String algorithm(String cipher) {
        return cipher.equals(Ciphers.TINK) ? "AES-GCM (Tink AEAD)" : "Vault Transit (%s)".formatted(cipher);
    }

    private static List<String> open(
            List<Chronicle.Column> facts, List<Chronicle.Comparison> comparisons, AuditVerdict trail) {
        List<String> open = new ArrayList<>();
        for (Chronicle.Column column : facts) {
            String name = "%s.%s".formatted(column.table(), column.name());
            if (!column.isDone()) {
                open.add("column %s is %s: its plaintext is still there"
                        .formatted(name, column.phase().word()));
            }
            if (column.evidence().isEmpty()) {
                open.add("column %s has no evidence".formatted(name));
            }
            comparisons(column, comparisons).stream()
                    .findFirst()
                    .filter(c -> c.failed() > 0)
                    .ifPresent(c -> open.add(
                            "%d values of column %s did not decrypt when they were last compared with their evidence"
                                    .formatted(c.failed(), name)));
        }
        trail.firstBreak().ifPresent(b -> open.add("the audit trail is not what was written: %s".formatted(b.words())));
        if (!trail.signaturesChecked()) {
            open.add("the signatures of the audit trail were not checked: there is no key bundle");
        }
        return open;
    }
}
