package dev.sealway.application;

import dev.sealway.plan.TableName;
import dev.sealway.workflow.StatusReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How a start-up's migration is doing: what a health check shows. Holds names and counts, and no values.
 *
 * @param failure what it last met; empty if all is well
 */
public record Health(State state, List<Table> tables, Optional<String> failure) {

    /** Whether there is something left to do, and somebody who does it. */
    public enum State {
        /** This process, or another one, works on it. */
        RUNNING,
        /** As far as was asked. */
        DONE,
        /** Something stands in the way, see {@link #failure}; it is tried again if that can help. */
        FAILED,
        /** The application ended it; the next start goes on. */
        STOPPED
    }

    /**
     * @param phase the least of its columns': {@code planned} before expand, then as {@code sealway status} says it
     * @param percent the least of its columns', of the backfill
     * @param rowsFailed rows that could not be encrypted, which a column after column is counted for
     */
    public record Table(TableName name, String phase, double percent, long rowsFailed) {}

    public Health {
        tables = List.copyOf(tables);
    }

    static Health of(State state, StatusReport status, Optional<String> failure) {
        Map<TableName, List<StatusReport.Column>> byTable = status.columns().stream()
                .collect(Collectors.groupingBy(StatusReport.Column::table, TreeMap::new, Collectors.toList()));
        List<Table> tables = byTable.entrySet().stream()
                .map(t -> table(t.getKey(), t.getValue()))
                .toList();
        return new Health(state, tables, failure);
    }

    private static Table table(TableName name, List<StatusReport.Column> columns) {
        String phase = columns.stream().anyMatch(c -> c.phase().isEmpty())
                ? "planned"
                : columns.stream()
                        .map(c -> c.phase().orElseThrow())
                        .min(Enum::compareTo)
                        .orElseThrow()
                        .word();
        return new Table(
                name,
                phase,
                columns.stream().mapToDouble(StatusReport.Column::percent).min().orElse(0),
                columns.stream().mapToLong(StatusReport.Column::rowsFailed).sum());
    }

    /** Whether nothing stands in the way; running is well, too. */
    public boolean isWell() {
        return state != State.FAILED;
    }

    /** As plain values, for health checks that show a map. */
    public Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("state", state.name());
        tables.forEach(t -> details.put(
                t.name().toString(), Map.of("phase", t.phase(), "percent", t.percent(), "rowsFailed", t.rowsFailed())));
        failure.ifPresent(f -> details.put("failure", f));
        return details;
    }
}
