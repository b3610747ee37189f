package dev.sealway.phase.rollback;

import dev.sealway.plan.TableName;
import java.util.List;

/** What was removed again. */
public record RollbackReport(List<Table> tables) {

    public RollbackReport {
        tables = List.copyOf(tables);
    }

    /** @param columns the plaintext columns that are as they were before expand */
    public record Table(TableName name, List<String> columns) {}
}
