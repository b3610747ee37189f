package dev.sealway.maven;

import dev.sealway.Sealway;
import dev.sealway.coverage.CoverageReport;
import dev.sealway.coverage.CoverageTerms;
import dev.sealway.plan.Selection;
import dev.sealway.report.CoverageFiles;
import dev.sealway.report.CoverageText;
import java.io.File;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Holds the database to the plan: fails the build if a column is not far enough, a row is stale or does not decrypt, a
 * column looks like personal data and is in no plan, or plaintext that should be gone is there. Writes a page, JSON and JUnit's XML; changes nothing in the database.
 */
@Mojo(name = "verify", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true)
public final class VerifyMojo extends DatabaseGoal {
    /** How far every column should be at least: expanded, backfilled, verified, cut-over or contracted. */
    @Parameter(property = "sealway.until", defaultValue = "verified")
    private String until;

    /** What is looked for and fails the build, separated by commas; only rows needs the keys. */
    @Parameter(property = "sealway.failOn", defaultValue = "phase,rows,unplanned,residue")
    private String failOn;

    /** Where coverage.html, coverage.json and TEST-sealway.xml are written. */
    @Parameter(property = "sealway.report", defaultValue = "${project.build.directory}/sealway")
    private File report;

    @Override
    void run(Sealway sealway) throws MojoFailureException {
        CoverageTerms terms = CoverageTerms.parse(until, failOn);
        CoverageFiles files = CoverageFiles.in(report.toPath());
        CoverageReport coverage = sealway.coverage(Selection.ALL, terms);
        files.write(coverage);
        CoverageText.lines(coverage).forEach(coverage.passed() ? getLog()::info : getLog()::error);
        getLog().info("The report is %s".formatted(files.page()));
        if (!coverage.passed()) {
            throw new MojoFailureException(
                    "%s; the report is %s".formatted(CoverageText.verdict(coverage), files.page()));
        }
    }
}
