package dev.sealway.workflow;

import dev.sealway.ledger.ColumnPhase;
import dev.sealway.plan.TableName;
import java.util.List;
import java.util.Optional;

/**
 * Where every column of the plan stands.
 *
 * @param runs that are under way
 * @param phrase confirms the drop of what is still there; empty if nothing is
 * @param unrehearsed tables that could be dropped from, had somebody tried their way back since the last verify
 * @param next the command that comes next, or that there is nothing left to do
 * @param legacyWriters whose writes would fail after a cut over, and whose tables are not cut over yet
 */
public record StatusReport(
        String plan,
        List<Column> columns,
        List<RunsReport.Run> runs,
        Optional<String> phrase,
        List<TableName> unrehearsed,
        String next,
        List<LegacyWriter> legacyWriters) {

    public StatusReport {
        columns = List.copyOf(columns);
        runs = List.copyOf(runs);
        unrehearsed = List.copyOf(unrehearsed);
        legacyWriters = List.copyOf(legacyWriters);
    }

    /** Without legacy writers, while no run is under way. */
    public StatusReport(
            String plan, List<Column> columns, Optional<String> phrase, List<TableName> unrehearsed, String next) {
        this(plan, columns, List.of(), phrase, unrehearsed, next, List.of());
    }

    /**
     * Somebody who wrote plaintext and left its encrypted column behind since the last verify.
     *
     * @param role the session's, and the one it had taken on
     * @param application its {@code application_name}; may be empty
     * @param seen several writes of one session within ten seconds count once
     * @param first by the database's clock, as ISO 8601
     */
    public record LegacyWriter(
            TableName table, String role, String application, long seen, String first, String last) {}

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
