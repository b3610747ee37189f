package dev.sealway.maven;

import dev.sealway.Sealway;
import dev.sealway.doctor.Finding;
import dev.sealway.doctor.Finding.Severity;
import dev.sealway.plan.Selection;
import dev.sealway.workflow.DoctorReport;
import dev.sealway.workflow.DoctorTerms;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.Locale;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Looks for what would leak values or stop a run; fails the build if no run should begin. Changes nothing. */
@Mojo(name = "doctor", requiresProject = false, threadSafe = true)
public final class DoctorMojo extends DatabaseGoal {
    /** Whether any warning fails the build, too. */
    @Parameter(property = "sealway.strict", defaultValue = "false")
    private boolean strict;

    /** Whether settings that write values into the server's log are a warning only. */
    @Parameter(property = "sealway.allowLogging", defaultValue = "false")
    private boolean allowLogging;

    /** Where Flyway's configuration is. */
    @Parameter(property = "sealway.project", defaultValue = ".")
    private File project;

    @Override
    void run(Sealway sealway) throws MojoFailureException {
        DoctorReport report = sealway.doctor(
                Selection.ALL,
                new DoctorTerms(
                        Clock.systemUTC(),
                        project.toPath(),
                        ManagementFactory.getRuntimeMXBean().getInputArguments(),
                        allowLogging,
                        false));
        report.findings().forEach(this::tell);
        if (!report.passed(strict)) {
            throw new MojoFailureException(
                    "Sealway's doctor found what no run should begin with: %d refusals, %d warnings"
                            .formatted(report.count(Severity.REFUSAL), report.count(Severity.WARNING)));
        }
    }

    private void tell(Finding finding) {
        String line = "%-11s %s"
                .formatted(
                        finding.group().name().toLowerCase(Locale.ROOT),
                        finding.severity() == Severity.OK ? finding.what() : finding.sentence());
        switch (finding.severity()) {
            case OK, NOTICE -> getLog().info(line);
            case WARNING -> getLog().warn(line);
            case REFUSAL -> getLog().error(line);
        }
    }
}
