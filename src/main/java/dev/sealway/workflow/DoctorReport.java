package dev.sealway.workflow;

import dev.sealway.doctor.Finding;
import dev.sealway.doctor.Finding.Severity;
import java.util.Comparator;
import java.util.List;

/** What a doctor found, in the order of the groups. */
public record DoctorReport(List<Finding> findings) {

    public DoctorReport {
        findings = findings.stream()
                .sorted(Comparator.comparing(Finding::group)
                        .thenComparing(Finding::severity, Comparator.reverseOrder()))
                .toList();
    }

    public long count(Severity severity) {
        return findings.stream().filter(f -> f.severity() == severity).count();
    }

    /** @param strict whether warnings count, too */
    public boolean passed(boolean strict) {
        return findings.stream().noneMatch(f -> f.isAtLeast(strict ? Severity.WARNING : Severity.REFUSAL));
    }
}
