package dev.sealway.workflow;

import dev.sealway.ledger.ColumnPhase;
import dev.sealway.plan.TableName;
import java.util.List;
import java.util.Optional;

/**
 * Where every column of the plan stands.
 *
 * @param phrase confirms the drop of what is still there; empty if nothing is
 * @param next the command that comes next, or that there is nothing left to do
 */
public record StatusReport(String plan, List<Column> columns, Optional<String> phrase, String next) {

    public StatusReport {
        columns = List.copyOf(columns);
    }

    /**
     * @param phase empty before expand
     * @param rowsDirty as last counted
     * @param secondsLeft of a backfill that is running
     */
    public record Column(
            TableName table,
            String name,
            Optional<ColumnPhase> phase,
            long rowsTotal,
            long rowsDone,
            long rowsDirty,
            long rowsFailed,
            double percent,
            Optional<Double> rowsPerSecond,
            Optional<Long> secondsLeft) {}
}
