package dev.sealway.catalog.check;

import dev.sealway.plan.ColumnPlan;
import dev.sealway.plan.PlanFault;
import dev.sealway.plan.TablePlan;
import java.util.ArrayList;
import java.util.List;

/** Collects faults and notices while a plan is checked. Not thread-safe. */
final class Findings {

    private final List<PlanFault> faults = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();

    void fault(String message) {
        faults.add(new PlanFault(0, "", message));
    }

    void fault(TablePlan table, String message) {
        faults.add(PlanFault.of(table, message));
    }

    void fault(TablePlan table, ColumnPlan column, String message) {
        faults.add(PlanFault.of(table, column, message));
    }

    void notice(TablePlan table, String message) {
        notices.add("%s: %s".formatted(table.name(), message));
    }

    void notice(TablePlan table, ColumnPlan column, String message) {
        notices.add("%s.%s: %s".formatted(table.name(), column.name(), message));
    }

    void notice(String message) {
        notices.add(message);
    }

    int faultCount() {
        return faults.size();
    }

    PlanFindings collected() {
        return new PlanFindings(faults.stream().sorted().toList(), notices);
    }
}
