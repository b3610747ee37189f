package dev.sealway.certificate;

import static dev.sealway.certificate.CertificatePage.cells;
import static dev.sealway.certificate.CertificatePage.time;

import dev.sealway.html.Html;
import dev.sealway.ledger.Chronicle;
import dev.sealway.ledger.KnownKey;
import dev.sealway.ledger.RecordedBackup;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The tables of a certificate's page. */
final class CertificateSections {

    private final Certificate certificate;
    private final Html html;

    CertificateSections(Certificate certificate, Html html) {
        this.certificate = certificate;
        this.html = html;
    }

    void columns() {
        html.section("What was encrypted");
        html.table(
                List.of("Column", "Encrypted as", "Algorithm and keyset", "State", "Since"),
                certificate.columns().stream().map(CertificateSections::column).toList());
    }

    private static List<Object> column(Certificate.Column column) {
        Chronicle.Column facts = column.facts();
        return cells(
                "%s.%s".formatted(facts.table(), facts.name()),
                Stream.concat(Stream.of(facts.isInPlace() ? "in place" : facts.encrypted()), facts.search().stream())
                        .reduce("%s, search %s"::formatted)
                        .orElse(""),
                "%s, %s".formatted(column.algorithm(), facts.sealing().keyset()),
                state(facts),
                facts.reached().map(CertificatePage::milestone).orElse(""));
    }

    private static String state(Chronicle.Column facts) {
        return switch (facts.phase()) {
            case CONTRACTED -> "encrypted, plaintext dropped";
            case VERIFIED -> facts.isInPlace() ? "encrypted in place, verified" : "verified, plaintext still there";
            case CUT_OVER -> "cut over, plaintext still there";
            case REVERSING -> "being decrypted again";
            case REGISTERED, EXPANDED, BACKFILLED ->
                "%s, plaintext still there".formatted(facts.phase().word());
        };
    }

    void evidence() {
        html.section("Evidence");
        html.paragraph(
                "What the last full verify summed up while the plaintext was there, and how the ciphertexts compared with it later.");
        html.table(
                List.of("Column", "Rows", "Null", "Verified", "Sum and evidence key", "Compared since"),
                certificate.columns().stream()
                        .map(CertificateSections::evidence)
                        .toList());
    }

    private static List<Object> evidence(Certificate.Column column) {
        String name = "%s.%s".formatted(column.facts().table(), column.facts().name());
        return column.facts()
                .evidence()
                .map(e -> cells(
                        name,
                        e.rows(),
                        e.nulls(),
                        column.facts()
                                .verified()
                                .map(CertificatePage::milestone)
                                .orElse("run %d".formatted(e.run())),
                        new Html().add("<code>%s</code><br>key %s", e.sum(), e.keyId()),
                        compared(column)))
                .orElse(cells(name, "", "", "", "none", ""));
    }

    private static String compared(Certificate.Column column) {
        return column.comparisons().stream()
                .findFirst()
                .map(c -> "%s: %d of %d chunks equal, %d values did not decrypt"
                        .formatted(time(Instant.parse(c.at())), c.equal(), c.equal() + c.differing(), c.failed()))
                .orElse("not yet");
    }

    void keys() {
        html.section("Keys");
        html.table(
                List.of("Keyset", "Key id", "Status", "Known since", "Retired"),
                certificate.safeguards().keys().stream()
                        .map(CertificateSections::key)
                        .toList());
        certificate
                .safeguards()
                .offlineCopies()
                .forEach(c -> html.paragraph("A copy of key bundle %s is kept off line, said %s on %s: %s"
                        .formatted(c.bundle(), c.actor(), time(c.at()), c.where())));
    }

    private static List<Object> key(KnownKey key) {
        return cells(
                key.keyset(),
                Long.toString(key.keyId()),
                CertificateJson.status(key),
                time(key.firstSeen()),
                key.destroyedAt().or(key::disabledAt).map(CertificatePage::time).orElse(""));
    }

    void wayBack() {
        html.section("Backups and the way back");
        if (certificate.safeguards().backups().isEmpty()) {
            html.paragraph("Sealway made no encrypted export of this plan's columns.");
        } else {
            html.table(
                    List.of("Export", "Of", "Rows", "Taken and checked", "SHA-256"),
                    certificate.safeguards().backups().stream()
                            .map(CertificateSections::backup)
                            .toList());
        }
        certificate
                .safeguards()
                .rehearsals()
                .forEach(r -> html.paragraph("The way back of %s (%s) was rehearsed on %s with %d rows, run %d."
                        .formatted(r.table(), String.join(", ", r.columns()), time(r.at()), r.rows(), r.run())));
        if (certificate.safeguards().rehearsals().isEmpty()) {
            html.paragraph("No rehearsal of the way back is recorded.");
        }
    }

    private static List<Object> backup(RecordedBackup backup) {
        return cells(
                "%s, key %d of %s"
                        .formatted(
                                backup.file().name(),
                                backup.keys().keyId(),
                                backup.keys().keeper()),
                "%s: %s".formatted(backup.table(), String.join(", ", backup.columns())),
                backup.rows(),
                "%s; %s"
                        .formatted(
                                time(backup.takenAt()),
                                backup.checkedAt().map(CertificatePage::time).orElse("not checked")),
                Html.mono(backup.file().sha256()));
    }

    void decisions() {
        html.section("What people decided");
        if (certificate.history().decisions().isEmpty()) {
            html.paragraph("No drop was confirmed and no safeguard was overridden.");
            return;
        }
        html.table(
                List.of("Entry", "At", "By", "What", "Which"),
                certificate.history().decisions().stream()
                        .map(d -> cells(d.seq(), d.at(), d.actor(), d.event(), d.body()))
                        .toList());
    }

    void runs() {
        html.section("Runs");
        html.table(
                List.of("Run", "Verb", "By", "Began", "Ended", "Outcome"),
                certificate.history().runs().stream()
                        .map(r -> cells(r.run(), r.verb(), r.actor(), time(r.began()), time(r.ended()), r.outcome()))
                        .toList());
    }
}
