package dev.sealway.phase.backfill;

import dev.sealway.batch.FailedRow;
import dev.sealway.plan.TableName;
import java.util.List;
import java.util.Optional;

/** What a backfill did in this run, and what is left. */
public record BackfillReport(List<Table> tables) {

    public BackfillReport {
        tables = List.copyOf(tables);
    }

    /**
     * @param walked rows passed by the walk since it first began
     * @param written rows sealed by the walk in this run
     * @param caughtUp rows sealed by the catch-up in this run
     * @param dirty rows still dirty in the last fresh look
     * @param failures rows that could not be sealed
     * @param alreadySealed rows that hold ciphertexts from before this run; counted in place only, else empty
     */
    public record Table(
            TableName name,
            long walked,
            long written,
            long caughtUp,
            long dirty,
            List<FailedRow> failures,
            Optional<Long> alreadySealed) {}

    /** Whether every row that could be encrypted is, and none failed. */
    public boolean passed() {
        return tables.stream().allMatch(t -> t.failures().isEmpty());
    }
}
