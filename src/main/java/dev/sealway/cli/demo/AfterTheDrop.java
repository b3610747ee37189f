package dev.sealway.cli.demo;

import dev.sealway.Sealway;
import dev.sealway.audit.AuditVerdict;
import dev.sealway.cli.console.Console;
import dev.sealway.cli.console.Figures;
import dev.sealway.cli.report.AuditText;
import dev.sealway.cli.report.CertificateText;
import dev.sealway.cli.report.DiskText;
import dev.sealway.cli.report.EvidenceText;
import dev.sealway.cli.report.PurgeText;
import dev.sealway.cli.report.RollbackText;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.phase.evidence.EvidenceReport;
import dev.sealway.phase.purge.PurgeReport;
import dev.sealway.phase.purge.PurgeTerms;
import dev.sealway.plan.Selection;
import dev.sealway.residue.disk.FileKind;
import dev.sealway.workflow.CertificateReport;
import dev.sealway.workflow.DiskReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What comes once the plaintext is dropped: evidence, purge, certificate, and the way back all the same. */
final class AfterTheDrop {

    /** Where values stand as texts that a search finds; the others hold bytes of the server's own. */
    private static final Set<FileKind> SEARCHED =
            Set.of(FileKind.HEAP, FileKind.TOAST, FileKind.INDEX, FileKind.STATISTICS, FileKind.WAL);

    private final Console console;
    private final Chapters chapters;
    private final Database database;
    private final Sealway sealway;
    private final Proof proof;
    private final boolean ownServer;

    /** @param ownServer whether the server is the demo's alone, so that its log may be cycled and its files searched */
    AfterTheDrop(
            Console console, Chapters chapters, Database database, Sealway sealway, Proof proof, boolean ownServer) {
        this.console = console;
        this.chapters = chapters;
        this.database = database;
        this.sealway = sealway;
        this.proof = proof;
        this.ownServer = ownServer;
    }

    void prove() {
        chapters.open("verify --evidence: the same values, though nothing is left to compare them with");
        EvidenceReport report = sealway.evidence(Selection.ALL);
        console.lines(EvidenceText.lines(report));
        proof.claim(
                report.tables().stream()
                        .flatMap(t -> t.columns().stream())
                        .allMatch(EvidenceReport.Column::isUnchanged),
                "Every chunk has the keyed sum that verify took before the drop");
    }

    void purge() {
        chapters.open("purge: dropping is not erasing");
        if (ownServer) {
            console.line("Files of the server that hold canary values after the drop:");
            proof.claim(search(), "The dropped values are still on the disk");
            console.line("  $ sealway purge --wal");
        }
        PurgeReport report = sealway.purge(Selection.ALL, new PurgeTerms(PurgeTerms.USUAL_LOCK, ownServer));
        console.lines(PurgeText.lines(report));
        proof.claim(report.passed(), "Tables and statistics are rewritten");
        if (ownServer) {
            console.line("");
            proof.claim(!search(), "No file of tables, indexes, statistics or WAL holds a canary value any more");
        }
    }

    /** Whether a canary stands in one of the files that a purge is for. */
    private boolean search() {
        try (Session session = database.open()) {
            session.executeAlone(Sql.of("CHECKPOINT"), "writing everything out");
        }
        String directory =
                database.inTransaction(TransactionSettings.reading(), "asking for the data directory", tx -> tx.first(
                                Sql.of("SELECT pg_catalog.current_setting('data_directory')"), row -> row.getString(1))
                        .orElseThrow());
        DiskReport report =
                sealway.searchFiles(Path.of(directory), dev.sealway.residue.disk.Canaries.of(Canaries.all()));
        console.lines(DiskText.lines(report));
        return report.findings().stream().anyMatch(f -> SEARCHED.contains(f.kind()));
    }

    void certify() {
        chapters.open("certificate: a document to file");
        CertificateReport report = sealway.certificate(folder());
        console.lines(CertificateText.lines(report));
        proof.claim(report.signed(), "It is signed, and its hash is in the audit trail");
        AuditVerdict trail = sealway.audit().verify(List.of(), true);
        console.lines(AuditText.lines(trail));
        proof.claim(trail.isWholeAndSigned(), "The audit trail is whole, and every entry of it is signed");
    }

    /** Stays, to be looked at. */
    private static Path folder() {
        try {
            return Files.createTempDirectory("sealway-certificate-");
        } catch (IOException e) {
            throw SealwayException.failed(
                    "no folder for the certificate could be made; look at the temporary directory's space");
        }
    }

    /** @param before of the plaintext, before it was dropped */
    void goBack(Contents contents, Contents.Sums before, DatabaseProof databaseProof) {
        chapters.open("rollback: the plaintext comes back from the ciphertexts");
        console.line("  $ sealway rollback");
        console.lines(RollbackText.lines(sealway.rollback(Selection.ALL)));
        proof.claim(
                databaseProof.plaintextColumns() == sealway.plan().columnNames().size()
                        && databaseProof.encryptedColumns() == 0,
                "The plaintext columns are there again, and nothing of Sealway's is left on the tables");
        Contents.Sums after = contents.ofPlaintext();
        proof.claim(
                after.equals(before),
                "All %s are what they were before the drop: the checksums are equal"
                        .formatted(Figures.count(after.values(), "value")));
    }
}
