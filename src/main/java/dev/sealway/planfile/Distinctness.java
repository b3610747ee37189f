package dev.sealway.planfile;

import dev.sealway.plan.ColumnPlan;
import dev.sealway.plan.PlanFault;
import dev.sealway.plan.TablePlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Refuses what YAML takes for two things and the database, the ledger or a ciphertext would take for one. */
final class Distinctness {

    private Distinctness() {}

    static void check(List<TablePlan> tables, Faults faults) {
        Map<String, Integer> lineOfTable = new HashMap<>();
        Map<String, Integer> lineOfContext = new HashMap<>();
        for (TablePlan table : tables) {
            Integer twin = lineOfTable.putIfAbsent(table.name().toString(), table.line());
            if (twin != null) {
                faults.add(PlanFault.of(table, "reads like the table of line %d; keep one of them".formatted(twin)));
            } else {
                table.columns().forEach(column -> checkContext(table, column, lineOfContext, faults));
            }
        }
    }

    private static void checkContext(
            TablePlan table, ColumnPlan column, Map<String, Integer> lineOfContext, Faults faults) {
        String context = column.contextIn(table.name());
        Integer twin = lineOfContext.putIfAbsent(context, column.line());
        if (twin != null) {
            faults.add(PlanFault.of(
                    table,
                    column,
                    "has the context '%s' of the column of line %d, so their ciphertexts could be swapped; "
                                    .formatted(context, twin)
                            + "give it a context of its own"));
        }
    }
}
