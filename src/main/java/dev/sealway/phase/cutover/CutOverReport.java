package dev.sealway.phase.cutover;

import dev.sealway.plan.TableName;
import java.util.List;

/**
 * Which columns are authoritative in their encrypted form now.
 *
 * @param notices what a reader should look at: statements that still name a plaintext column
 */
public record CutOverReport(List<Table> tables, List<String> notices) {

    public CutOverReport {
        tables = List.copyOf(tables);
        notices = List.copyOf(notices);
    }

    /**
     * @param columns the plaintext columns that were cut over in this run
     * @param caughtUp rows that were sealed on the way
     * @param lockedMillis how long the table was locked for the exchange
     */
    public record Table(TableName name, List<String> columns, long caughtUp, long lockedMillis) {
        public Table {
            columns = List.copyOf(columns);
        }
    }
}
