package dev.sealway.phase.contract;

import dev.sealway.batch.WalkedTable;
import dev.sealway.plan.Disposition;
import java.util.Map;

/**
 * What contract is to do with one table, as the plan says it.
 *
 * @param table with the columns whose plaintext goes
 * @param watched the same table with every column that is verified: what changed since then is proved for all of them,
 *     because it is forgotten for all of them
 * @param dispositions what the plan decided about what hangs on them
 */
public record DropOrder(WalkedTable table, WalkedTable watched, Map<String, Disposition> dispositions) {

    public DropOrder {
        dispositions = Map.copyOf(dispositions);
    }
}
