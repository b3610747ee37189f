package dev.sealway.report;

import dev.sealway.coverage.CoverageReport;
import dev.sealway.error.SealwayException;
import dev.sealway.json.Json;
import dev.sealway.json.RecordJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of a coverage report: {@code coverage.html} to read, {@code coverage.json} for machines, and
 * {@code TEST-sealway.xml}, which what runs builds shows as tests.
 */
public final class CoverageFiles {

    private final Path directory;

    private CoverageFiles(Path directory) {
        this.directory = directory;
    }

    /**
     * Makes the directory, and takes away the files of an earlier look: what is there afterwards is of this one.
     *
     * @throws SealwayException if it cannot be written to
     */
    public static CoverageFiles in(Path directory) {
        CoverageFiles files = new CoverageFiles(directory);
        try {
            Files.createDirectories(directory);
            for (Path file : List.of(files.page(), files.document(), files.tests())) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw cannotWrite(directory, e);
        }
        return files;
    }

    public Path page() {
        return directory.resolve("coverage.html");
    }

    public Path document() {
        return directory.resolve("coverage.json");
    }

    public Path tests() {
        return directory.resolve("TEST-sealway.xml");
    }

    /** @throws SealwayException if a file cannot be written */
    public void write(CoverageReport report) {
        write(document(), Json.pretty(RecordJson.of(report)) + "\n");
        write(tests(), CoverageTests.of(report));
        write(page(), CoveragePage.of(report));
    }

    private static void write(Path file, String text) {
        try {
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    private static SealwayException cannotWrite(Path file, IOException e) {
        return SealwayException.wrongUsage("%s cannot be written (%s); name a directory that can"
                .formatted(file, e.getClass().getSimpleName()));
    }
}
