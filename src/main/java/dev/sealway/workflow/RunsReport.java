package dev.sealway.workflow;

import java.util.List;

/**
 * The runs that were spoken to, as they are afterwards.
 *
 * @param done what was said to them, in the past tense
 */
public record RunsReport(String done, List<Run> runs) {

    public RunsReport {
        runs = List.copyOf(runs);
    }

    /**
     * A run that is under way.
     *
     * @param holder who runs it, and where
     * @param since when it began, as ISO 8601
     * @param state what it says it is doing; empty while it just works
     */
    public record Run(long id, String verb, List<String> tables, String holder, String since, String state) {

        public Run {
            tables = List.copyOf(tables);
        }
    }
}
