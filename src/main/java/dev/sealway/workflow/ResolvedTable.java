package dev.sealway.workflow;

import dev.sealway.catalog.LiveTable;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.plan.TablePlan;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A table of the plan, of the database and of the ledger.
 *
 * @param plan with the selected columns only
 * @param registered with all its registered columns
 */
record ResolvedTable(TablePlan plan, LiveTable live, RegisteredTable registered) {

    /** The registered columns that are selected. */
    List<RegisteredColumn> selected() {
        Set<String> names = plan.columns().stream().map(c -> c.name()).collect(Collectors.toSet());
        return registered.columns().stream()
                .filter(c -> names.contains(c.plaintext().name()))
                .toList();
    }

    /** The selected columns whose plaintext is still there. */
    List<RegisteredColumn> withPlaintext() {
        return selected().stream().filter(c -> c.phase().hasPlaintext()).toList();
    }

    /**
     * {@code columns} with every other column of the table that is verified, or cut over: what is known of changes is known
     * of all.
     */
    List<RegisteredColumn> withVerified(List<RegisteredColumn> columns) {
        return registered.columns().stream()
                .filter(c ->
                        c.phase() == ColumnPhase.VERIFIED || c.phase() == ColumnPhase.CUT_OVER || columns.contains(c))
                .toList();
    }
}
