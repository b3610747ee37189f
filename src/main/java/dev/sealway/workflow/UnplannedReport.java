package dev.sealway.workflow;

import dev.sealway.plan.TableName;
import java.util.List;

/**
 * Columns of the live database that look like personal data or secrets, and that no plan has.
 *
 * @param columns those that are more likely personal than not, in the order of the tables
 * @param tables how many tables were looked at
 * @param lookedAt how many columns
 * @param notices tables whose values could not be read, which were judged by their names alone
 */
public record UnplannedReport(List<Column> columns, int tables, int lookedAt, List<String> notices) {

    /** Of a look that nobody took. */
    static final UnplannedReport NONE = new UnplannedReport(List.of(), 0, 0, List.of());

    /**
     * One column.
     *
     * @param kind in words: {@code e-mail address}
     * @param confidence in percent
     * @param reason shares and names; no value
     */
    public record Column(TableName table, String name, String kind, int confidence, String reason) {

        /** For messages. */
        public String line() {
            return "%s.%s looks like %s (%d %%): %s".formatted(table, name, kind, confidence, reason);
        }
    }

    public UnplannedReport {
        columns = List.copyOf(columns);
        notices = List.copyOf(notices);
    }

    /** Whether nothing was found. */
    public boolean passed() {
        return columns.isEmpty();
    }
}
