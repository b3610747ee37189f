package dev.sealway.cli.report;

import dev.sealway.workflow.CertificateCheck;
import dev.sealway.workflow.CertificateReport;
import java.util.ArrayList;
import java.util.List;

/** Certificates, for people. */
public final class CertificateText {
    private CertificateText() {}

    public static List<String> lines(CertificateReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("The page to read: %s".formatted(report.page()));
        lines.add("%s: %s"
                .formatted(report.signed() ? "Signed" : "Not signed, for want of a key bundle", report.document()));
        lines.add("SHA-256: %s".formatted(report.sha256()));
        if (!report.open().isEmpty()) {
            lines.add("It is an interim report, because:");
            report.open().forEach(open -> lines.add("  " + open));
        }
        return lines;
    }

    public static List<String> lines(CertificateCheck check) {
        return List.of(
                check.whole()
                        ? "✓ The document has the hash that it tells: %s".formatted(check.sha256())
                        : "✗ The document was altered: its hash is not %s".formatted(check.sha256()),
                check.signed()
                        ? "✓ It is signed with this audit keyset, and is as it was then"
                        : "✗ No signature of this audit keyset proves that nobody altered it",
                check.inTrail()
                        ? "✓ The audit trail of this database knows that it was made"
                        : "! The audit trail of this database does not know it");
    }
}
