package dev.sealway.catalog.check;

import dev.sealway.catalog.LiveColumn;
import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.RowKey;
import dev.sealway.catalog.TypeSupport;
import dev.sealway.catalog.probe.RoundTripScan;
import dev.sealway.crypto.Encoding;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Transaction;
import dev.sealway.plan.ColumnPlan;
import dev.sealway.plan.DerivedNames;
import dev.sealway.plan.TablePlan;
import dev.sealway.search.Normalizer;
import java.util.List;
import java.util.Set;

/** Whether the columns of one table can be encrypted, one by one. */
final class ColumnCheck {

    private final Transaction tx;
    private final TablePlan plan;
    private final LiveTable live;
    private final TableFacts facts;
    private final Set<String> owned;

    ColumnCheck(Transaction tx, TablePlan plan, LiveTable live, TableFacts facts, Set<String> owned) {
        this.tx = tx;
        this.plan = plan;
        this.live = live;
        this.facts = facts;
        this.owned = owned;
    }

    void check(List<PlannedColumn> columns, Findings findings) {
        for (PlannedColumn column : columns) {
            checkOrigin(column, findings);
            checkKeys(column, findings);
            checkType(column, findings);
            checkName(column.plan(), DerivedNames.encrypted(column.plan().name()), findings);
            if (column.plan().search().isPresent()) {
                checkName(column.plan(), DerivedNames.search(column.plan().name()), findings);
            }
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

    private void checkType(PlannedColumn column, Findings findings) {
        List<String> untried = TypeSupport.untried(tx, column.live());
        if (!untried.isEmpty() && !column.plan().unverifiedType()) {
            findings.fault(
                    plan,
                    column.plan(),
                    "type %s was never tried to come back byte for byte (%s); say encoding: 'pgtext/1 (unverified)' to have every value tested"
                            .formatted(column.live().type(), String.join(", ", untried)));
        } else if (!untried.isEmpty() && facts.owned() && !facts.rowSecurity()) {
            RoundTripScan.fault(tx, live, column.live())
                    .ifPresent(fault -> findings.fault(plan, column.plan(), fault + "; it cannot be encrypted"));
        }
        column.plan().search().ifPresent(search -> {
            boolean bytes = TypeSupport.encoding(column.live()).form() == Encoding.Form.RAW_1;
            if (bytes && Normalizer.parse(search.normalizer()) != Normalizer.EXACT_1) {
                findings.fault(
                        plan,
                        column.plan(),
                        "normaliser %s needs text, and the column holds bytes; use exact"
                                .formatted(search.normalizer()));
            }
        });
    }

    private void checkName(ColumnPlan column, String derived, Findings findings) {
        if (!Identifier.isValid(derived)) {
            findings.fault(
                    plan,
                    column,
                    "the column %s would have a name of more than %d bytes; rename the plaintext column"
                            .formatted(derived, Identifier.MAX_BYTES));
        } else if (live.column(derived).isPresent() && !owned.contains(plan.name() + "." + derived)) {
            findings.fault(
                    plan, column, "the table has a column %s that is not Sealway's; rename it".formatted(derived));
        }
    }
}
