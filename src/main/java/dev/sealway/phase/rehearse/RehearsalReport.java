package dev.sealway.phase.rehearse;

import dev.sealway.plan.TableName;
import java.util.List;

/** How the way back went, per table. */
public record RehearsalReport(List<Table> tables) {

    public RehearsalReport {
        tables = List.copyOf(tables);
    }

    public boolean passed() {
        return tables.stream().allMatch(t -> t.problems().isEmpty());
    }

    /**
     * @param columns whose plaintext was brought back
     * @param rows of the sample
     * @param compared values that were held against the plaintext that is there
     * @param skipped values that had nothing to be held against: an application changed their row meanwhile, or their
     *     plaintext is gone already; all of them opened
     * @param definitions that were made again on the copy
     * @param untried definitions that a copy cannot try, each with the reason
     * @param problems what came back otherwise than it is, in words that name keys and never values
     */
    public record Table(
            TableName name,
            List<String> columns,
            long rows,
            long compared,
            long skipped,
            long definitions,
            List<String> untried,
            List<String> problems) {

        public Table {
            columns = List.copyOf(columns);
            untried = List.copyOf(untried);
            problems = List.copyOf(problems);
        }
    }
}
