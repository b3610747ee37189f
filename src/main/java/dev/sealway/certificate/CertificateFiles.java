package dev.sealway.certificate;

import dev.sealway.error.SealwayException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The two files of a certificate: the page, and the signed document beside it. Neither is ever overwritten.
 *
 * @param page HTML
 * @param document JSON
 */
public record CertificateFiles(Path page, Path document) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * @param out a directory that is there, where the files get a name of their own, or the name of either file
     */
    public static CertificateFiles at(Path out, String plan, Instant madeAt) {
        if (Files.isDirectory(out)) {
            String stem = "certificate-%s-%s".formatted(plan.replaceAll("[^A-Za-z0-9_.-]", "_"), TIME.format(madeAt));
            return new CertificateFiles(out.resolve(stem + ".html"), out.resolve(stem + ".json"));
        }
        String name = String.valueOf(out.getFileName()).replaceAll("\\.(html|json)$", "");
        return new CertificateFiles(out.resolveSibling(name + ".html"), out.resolveSibling(name + ".json"));
    }

    /** @throws SealwayException if one of them is there, or cannot be written; then neither is left */
    public void write(Certificate certificate, SignedCertificate signed) {
        create(document, signed.document());
        boolean whole = false;
        try {
            create(page, CertificatePage.of(certificate, signed));
            whole = true;
        } finally {
            if (!whole) {
                remove(document);
            }
        }
    }

    private static void create(Path file, String text) {
        try {
            Files.write(
                    file,
                    text.getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw SealwayException.refused(
                    "%s is there already, and a certificate overwrites nothing; give another name with --out"
                            .formatted(file));
        } catch (IOException e) {
            throw SealwayException.failed(
                    "%s cannot be written (%s)".formatted(file, e.getClass().getSimpleName()));
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException ignored) {
            // what was thrown before says more
        }
    }
}
