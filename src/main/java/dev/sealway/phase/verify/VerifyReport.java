package dev.sealway.phase.verify;

import dev.sealway.plan.TableName;
import java.util.List;

/** What verify found, per table and column. */
public record VerifyReport(List<Table> tables) {

    public VerifyReport {
        tables = List.copyOf(tables);
    }

    /** @param columns in the order of the plan */
    public record Table(TableName name, List<Column> columns) {}

    /**
     * @param name the plaintext column
     * @param proven rows that decrypt to their plaintext and have its token
     * @param nulls rows without a value
     * @param dirty rows not encrypted yet: they are looked at again before the drop
     * @param mismatched rows that are wrong
     * @param examples the first wrong rows, in words that name keys and never values
     * @param evidence the total of the evidence, in hex
     */
    public record Column(
            String name,
            long proven,
            long nulls,
            long dirty,
            long mismatched,
            List<String> examples,
            boolean passed,
            String evidence) {}

    public boolean passed() {
        return tables.stream().flatMap(t -> t.columns().stream()).allMatch(Column::passed);
    }
}
