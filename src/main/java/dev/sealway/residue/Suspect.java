package dev.sealway.residue;

import dev.sealway.catalog.LiveTable;
import dev.sealway.jdbc.Identifier;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.plan.Disposition;
import dev.sealway.plan.Mode;
import dev.sealway.plan.TableName;
import java.util.List;
import java.util.Map;

/**
 * A table whose traces are looked for.
 *
 * @param columns those of its registered columns that are meant
 * @param partial whether the plan's {@code where} leaves rows out
 * @param dispositions what the plan decided about the table's dependents
 */
public record Suspect(
        RegisteredTable table,
        LiveTable live,
        List<RegisteredColumn> columns,
        boolean partial,
        Map<String, Disposition> dispositions) {

    public Suspect {
        columns = List.copyOf(columns);
        dispositions = Map.copyOf(dispositions);
    }

    TableName name() {
        return live.tableName();
    }

    public boolean isInPlace() {
        return table.mode() == Mode.IN_PLACE;
    }

    /** The columns whose plaintext is still what applications read. */
    public List<Identifier> alive() {
        return columns.stream()
                .filter(c -> isInPlace() ? !c.phase().isAtLeast(ColumnPhase.VERIFIED) : isThere(c))
                .map(RegisteredColumn::plaintext)
                .toList();
    }

    private static boolean isThere(RegisteredColumn column) {
        return column.phase() != ColumnPhase.CONTRACTED;
    }
}
