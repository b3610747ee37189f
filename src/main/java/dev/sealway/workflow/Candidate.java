package dev.sealway.workflow;

import dev.sealway.catalog.LiveColumn;
import dev.sealway.discover.Finding;
import dev.sealway.plan.ColumnPlan;
import dev.sealway.plan.SearchPlan;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A column that may go into a plan.
 *
 * @param line of a plan that is not written yet, by which faults find their column
 */
record Candidate(LiveColumn column, Finding finding, int line) {

    String name() {
        return column.name().name();
    }

    ColumnPlan planned(Optional<SearchPlan> search) {
        return new ColumnPlan(name(), 1, line, search, OptionalInt.empty(), Optional.empty(), Optional.empty(), false);
    }
}
