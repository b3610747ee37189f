package dev.sealway.catalog.check;

import dev.sealway.catalog.LiveColumn;
import dev.sealway.catalog.LiveTable;
import dev.sealway.plan.ColumnPlan;
import dev.sealway.plan.DerivedNames;
import dev.sealway.plan.DidYouMean;
import dev.sealway.plan.TablePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A column of the plan together with the one in the database. */
record PlannedColumn(ColumnPlan plan, LiveColumn live) {

    /** Those that exist; the others are faults, unless their plaintext was dropped by Sealway. */
    static List<PlannedColumn> of(TablePlan table, LiveTable live, Set<String> owned, Findings findings) {
        List<PlannedColumn> found = new ArrayList<>();
        for (ColumnPlan column : table.columns()) {
            Optional<LiveColumn> there = live.column(column.name());
            there.ifPresent(c -> found.add(new PlannedColumn(column, c)));
            if (there.isEmpty() && !owned.contains(encryptedName(table, column))) {
                findings.fault(table, column, "the table has no such column; " + hint(live, column));
            }
        }
        return found;
    }

    private static String encryptedName(TablePlan table, ColumnPlan column) {
        return table.name() + "." + DerivedNames.encrypted(column.name());
    }

    private static String hint(LiveTable live, ColumnPlan column) {
        return DidYouMean.hint(
                column.name(), live.columns().stream().map(c -> c.name().name()).toList());
    }
}
