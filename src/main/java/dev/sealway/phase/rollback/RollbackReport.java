package dev.sealway.phase.rollback;

import dev.sealway.plan.TableName;
import java.util.List;

/** What was removed again. */
public record RollbackReport(List<Table> tables) {

    public RollbackReport {
        tables = List.copyOf(tables);
    }

    /**
     * @param columns the plaintext columns that are as they were before expand
     * @param notices what a reader should know, such as what the evidence says after a drop
     */
    public record Table(TableName name, List<String> columns, List<String> notices) {

        public Table {
            columns = List.copyOf(columns);
            notices = List.copyOf(notices);
        }

        /** Without anything that should be known. */
        public Table(TableName name, List<String> columns) {
            this(name, columns, List.of());
        }
    }
}
