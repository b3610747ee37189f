package dev.sealway.phase.selftest;

import dev.sealway.plan.TableName;
import java.util.List;

/** What one sealed row of every table showed. */
public record SelfTestReport(List<Column> columns) {

    public SelfTestReport {
        columns = List.copyOf(columns);
    }

    /** @param bytes of the ciphertext as it was stored */
    public record Column(TableName table, String name, int bytes, List<Finding> findings) {

        public Column {
            findings = List.copyOf(findings);
        }

        public boolean passed() {
            return findings.stream().allMatch(Finding::held);
        }
    }

    /** @param what should hold, as a sentence without its end */
    public record Finding(String what, boolean held) {}

    public boolean passed() {
        return columns.stream().allMatch(Column::passed);
    }
}
