package dev.sealway.workflow;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * What a doctor is told about this process.
 *
 * @param project where Flyway's configuration may lie
 * @param jvmArguments with which this process was started
 * @param allowLogging whether settings that leak values into logs are a warning only
 * @param measure whether the growth of the tables is measured on a sample, whose writes are rolled back
 */
public record DoctorTerms(Clock clock, Path project, List<String> jvmArguments, boolean allowLogging, boolean measure) {

    public DoctorTerms {
        jvmArguments = List.copyOf(jvmArguments);
    }
}
