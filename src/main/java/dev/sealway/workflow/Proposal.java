package dev.sealway.workflow;

import dev.sealway.catalog.LiveTable;
import dev.sealway.ledger.NewColumn;
import dev.sealway.plan.TablePlan;
import java.util.List;

/**
 * A table of the plan that passed every check, with its columns as they would be registered.
 *
 * @param plan with the selected columns whose plaintext is there
 * @param columns one for each column of the plan, in its order
 */
record Proposal(TablePlan plan, LiveTable live, List<NewColumn> columns) {

    Proposal {
        columns = List.copyOf(columns);
    }
}
