package dev.sealway.workflow;

import dev.sealway.residue.disk.DiskFinding;
import java.util.List;

/**
 * What a search of a data directory found.
 *
 * @param searched how many texts were searched for
 * @param findings one for each kind of file that holds one; empty if none does
 */
public record DiskReport(String directory, int searched, List<DiskFinding> findings) {

    public DiskReport {
        findings = List.copyOf(findings);
    }

    public boolean isClean() {
        return findings.isEmpty();
    }
}
