package dev.sealway.workflow;

import dev.sealway.plan.TableName;
import java.util.List;
import java.util.Optional;

/**
 * What the plan means for the database it was checked against; a plan with faults is thrown instead.
 *
 * @param notices what a reviewer should know, one sentence each, with the lines to paste where a decision is missing
 * @param leakage what each search token will give away
 * @param phrase confirms the drop of what is still there; empty if nothing is
 */
public record PlanReport(
        String plan, List<Column> columns, List<String> notices, List<Leakage> leakage, Optional<String> phrase) {

    /** @param type the SQL type of the plaintext */
    public record Column(TableName table, String name, String type, String encoding, Optional<String> search) {}

    /** @param words what an observer of the token column learns */
    public record Leakage(
            TableName table,
            String column,
            long rows,
            long distinct,
            long topCount,
            int tokenBits,
            List<String> words) {}
}
