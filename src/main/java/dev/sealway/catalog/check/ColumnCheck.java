package dev.sealway.catalog.check;

import dev.sealway.catalog.LiveColumn;
import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.RowKey;
import dev.sealway.plan.TablePlan;
import java.util.List;

/** Whether the columns of one table can be encrypted, one by one, wherever their ciphertexts go. */
final class ColumnCheck {

    private final TablePlan plan;
    private final LiveTable live;
    private final TableFacts facts;

    ColumnCheck(TablePlan plan, LiveTable live, TableFacts facts) {
        this.plan = plan;
        this.live = live;
        this.facts = facts;
    }

    void check(List<PlannedColumn> columns, Findings findings) {
        for (PlannedColumn column : columns) {
            checkOrigin(column, findings);
            checkKeys(column, findings);
        }
    }

    private void checkOrigin(PlannedColumn column, Findings findings) {
        if (column.live().generated()) {
            findings.fault(
                    plan,
                    column.plan(),
                    "is a generated column, which nobody can empty; encrypt what it is computed from, and drop it");
        }
        if (column.live().identity()) {
            findings.fault(
                    plan, column.plan(), "is an identity column, which tells rows apart; it cannot be encrypted");
        }
    }

    private void checkKeys(PlannedColumn column, Findings findings) {
        String name = column.plan().name();
        if (facts.primaryKey().contains(name)) {
            findings.fault(plan, column.plan(), inKey("the primary key", "give the table a key without meaning"));
        } else if (rowKeyHas(column.live())) {
            findings.fault(plan, column.plan(), inKey("the row key", "add a primary key without meaning"));
        }
        if (facts.partitionKey().contains(name)) {
            findings.fault(plan, column.plan(), inKey("the partition key", "partition by another column"));
        }
        if (facts.replicaIdentity().contains(name)) {
            findings.fault(
                    plan,
                    column.plan(),
                    inKey("the REPLICA IDENTITY", "ALTER TABLE … REPLICA IDENTITY USING another index"));
        }
    }

    private static String inKey(String key, String cure) {
        return "is part of %s, which is still needed once the plaintext is gone; %s".formatted(key, cure);
    }

    private boolean rowKeyHas(LiveColumn column) {
        return live.rowKey()
                .map(RowKey::names)
                .filter(k -> k.contains(column.name()))
                .isPresent();
    }
}
