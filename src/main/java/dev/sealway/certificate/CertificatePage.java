package dev.sealway.certificate;

import dev.sealway.audit.AuditVerdict;
import dev.sealway.html.Html;
import dev.sealway.html.Page;
import dev.sealway.ledger.Chronicle;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** A certificate as a page to read and print: one file without references to anything outside of it. */
public final class CertificatePage {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Certificate certificate;
    private final SignedCertificate signed;
    private final Html html = new Html();

    private CertificatePage(Certificate certificate, SignedCertificate signed) {
        this.certificate = certificate;
        this.signed = signed;
    }

    public static String of(Certificate certificate, SignedCertificate signed) {
        CertificatePage page = new CertificatePage(certificate, signed);
        page.heading();
        CertificateSections sections = new CertificateSections(certificate, page.html);
        sections.columns();
        sections.evidence();
        sections.keys();
        sections.wayBack();
        sections.decisions();
        page.residue();
        page.trail();
        sections.runs();
        page.check();
        return Page.end(page.html);
    }

    /** When, by which run, and of whom. */
    static String milestone(Chronicle.Milestone milestone) {
        return "%s, run %d, %s".formatted(time(milestone.at()), milestone.run(), milestone.actor());
    }

    static String time(Instant instant) {
        return TIME.format(instant);
    }

    private String title() {
        return certificate.isComplete() ? "Certificate of encryption" : "Interim report on encryption";
    }

    private void heading() {
        Certificate.Heading heading = certificate.heading();
        Page.begin(html, "%s: %s".formatted(title(), heading.plan()));
        html.add("<h1>%s</h1>", title());
        html.add("<p class=\"of\">of plan %s, database %s</p>", heading.plan(), heading.database());
        verdict();
        html.add("<table class=\"facts\"><tbody>");
        fact("Made", time(heading.madeAt()));
        fact("By", heading.madeBy());
        fact("Server", heading.server());
        fact("Tool", heading.tool());
        fact("Audit head", Html.mono(certificate.trail().head()));
        html.add("</tbody></table>");
    }

    private void fact(String name, Object value) {
        html.add("<tr><th>%s</th><td>%s</td></tr>", name, value);
    }

    private void verdict() {
        if (certificate.isComplete()) {
            html.add(
                    "<div class=\"verdict\"><p>Every column of the plan (%s) is encrypted, and its plaintext is dropped, or was encrypted"
                            + " in place. Where older copies of plaintext may linger stands under <i>Residue</i>.</p></div>",
                    columns());
            return;
        }
        html.add("<div class=\"verdict open\"><p>The work is not complete, or something does not hold:</p>");
        html.list(certificate.lingering().open());
        html.add("</div>");
    }

    private String columns() {
        int columns = certificate.columns().size();
        return columns == 1 ? "1 column" : "%d columns".formatted(columns);
    }

    private void residue() {
        html.section("Residue");
        html.paragraph("Dropping a column is not erasing it. Plaintext from before may linger here:");
        html.list(certificate.lingering().residue());
    }

    private void trail() {
        AuditVerdict trail = certificate.trail();
        html.section("Audit trail");
        html.paragraph(trail.firstBreak()
                .map(b -> "The trail is not what was written: %s.".formatted(b.words()))
                .orElse("The trail is whole: each of its %d entries has the hash of the one before."
                        .formatted(trail.entries())));
        html.paragraph(
                trail.signaturesChecked()
                        ? "Signatures were checked; %d entries are not signed.".formatted(trail.unsigned())
                        : "Signatures were not checked: there was no key bundle.");
        html.add(
                "<p>Head: entry %s, %s</p>",
                trail.head().seq(), Html.mono(trail.head().hash()));
    }

    private void check() {
        html.section("How to check this document");
        html.paragraph("The JSON document beside this page is what is signed; this page shows the same facts."
                + " 'sealway certificate check FILE' computes its signature again, with the key bundle.");
        html.add("<p>SHA-256: %s</p>", Html.mono(signed.sha256()));
        html.add(
                "<p>MAC of keyset audit/default: %s</p>",
                Html.mono(signed.mac().orElse("none: there was no key bundle")));
        html.add(
                "<footer>%s</footer>",
                "Evidence is a keyed sum over the decrypted values of a column: it changes if a single value is altered, removed"
                        + " or doubled, and tells nothing of the values to anybody without the key. Times are by the clock of"
                        + " the database.");
    }

    static List<Object> cells(Object... cells) {
        return List.of(cells);
    }
}
