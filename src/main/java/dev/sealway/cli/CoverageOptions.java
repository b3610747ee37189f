package dev.sealway.cli;

import dev.sealway.Sealway;
import dev.sealway.coverage.CoverageReport;
import dev.sealway.coverage.CoverageTerms;
import dev.sealway.plan.Selection;
import dev.sealway.report.CoverageFiles;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What a build asks of verify. */
final class CoverageOptions {
    @Option(
            names = "--report",
            paramLabel = "DIR",
            required = true,
            description = "Only look, and write coverage.html, coverage.json and TEST-sealway.xml into this directory.")
    private Path directory;

    @Option(
            names = "--until",
            paramLabel = "PHASE",
            defaultValue = "verified",
            description = {
                "With --report: how far every column should be at least, of expanded, backfilled, verified, cut-over,",
                "contracted. Default: ${DEFAULT-VALUE}."
            })
    private String until;

    @Option(
            names = "--fail-on",
            paramLabel = "LIST",
            defaultValue = "phase,rows,unplanned,residue",
            description = {
                "With --report: what is looked for, separated by commas. Only rows needs the keys.",
                "Default: ${DEFAULT-VALUE}."
            })
    private String concerns;

    CoverageReport look(Sealway sealway, Selection selection) {
        CoverageTerms terms = CoverageTerms.parse(until, concerns);
        CoverageFiles files = CoverageFiles.in(directory);
        CoverageReport report = sealway.coverage(selection, terms);
        files.write(report);
        return report;
    }
}
