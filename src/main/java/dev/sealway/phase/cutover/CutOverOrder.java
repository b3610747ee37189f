package dev.sealway.phase.cutover;

import dev.sealway.batch.WalkedTable;
import dev.sealway.plan.Disposition;
import java.time.Duration;
import java.util.Map;

/**
 * What cut over is to do with one table.
 *
 * @param table with the columns that are cut over, all of them verified
 * @param dispositions what the plan decided about what hangs on them
 * @param soak for how long no legacy writer may have been seen; zero asks for nothing
 */
public record CutOverOrder(WalkedTable table, Map<String, Disposition> dispositions, Duration soak) {

    public CutOverOrder {
        dispositions = Map.copyOf(dispositions);
    }
}
