package dev.sealway.phase.expand;

import dev.sealway.plan.TableName;
import java.util.List;

/**
 * What expand added, per table.
 *
 * @param tables every table that was looked at, in the order of the plan
 */
public record ExpandReport(List<Table> tables) {

    public ExpandReport {
        tables = List.copyOf(tables);
    }

    /** @param added the plaintext columns that have an encrypted column since this run */
    public record Table(TableName name, List<String> added) {}
}
