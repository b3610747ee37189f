package dev.sealway.catalog.check;

import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.ServerFacts;
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

/** Whether a table can get columns for its ciphertexts, and the guard, the tokens and the view that go with them. */
final class ExpandCheck {

    private final Transaction tx;
    private final TablePlan plan;
    private final LiveTable live;
    private final TableFacts facts;
    private final Set<String> owned;

    ExpandCheck(Transaction tx, TablePlan plan, LiveTable live, TableFacts facts, Set<String> owned) {
        this.tx = tx;
        this.plan = plan;
        this.live = live;
        this.facts = facts;
        this.owned = owned;
    }

    void check(ServerFacts server, List<PlannedColumn> columns, Findings findings) {
        checkRights(server, findings);
        checkTriggers(findings);
        checkView(findings);
        for (PlannedColumn column : columns) {
            checkType(column, findings);
            checkName(column.plan(), DerivedNames.encrypted(column.plan().name()), findings);
            if (column.plan().search().isPresent()) {
                checkName(column.plan(), DerivedNames.search(column.plan().name()), findings);
            }
        }
        new DependentCheck(tx, plan, live, columns).check(findings);
    }

    private void checkRights(ServerFacts server, Findings findings) {
        if (!facts.owned()) {
            findings.fault(
                    plan,
                    "role %s does not own it, so it cannot add columns and the guard; run as its owner or as a member of that role"
                            .formatted(server.user()));
        }
        if (!facts.canCreate()) {
            findings.fault(
                    plan,
                    "role %1$s may not create indexes and views in its schema; GRANT CREATE ON SCHEMA %2$s TO it"
                            .formatted(server.user(), live.name().schema().sql()));
        }
    }

    private void checkTriggers(Findings findings) {
        for (String trigger : facts.lateTriggers()) {
            findings.fault(
                    plan,
                    "trigger %1$s would fire after the guard ~sealway_guard and could change what was sealed; rename it so that it sorts before (ALTER TRIGGER … RENAME TO)"
                            .formatted(trigger));
        }
    }

    private void checkView(Findings findings) {
        String view = DerivedNames.view(plan.name().table());
        if (!Identifier.isValid(view)) {
            findings.fault(
                    plan,
                    "the view %s would have a name of more than %d bytes; rename the table"
                            .formatted(view, Identifier.MAX_BYTES));
        } else if (facts.sealedViewExists() && !owned.contains(plan.name().schema() + "." + view)) {
            findings.fault(
                    plan,
                    "the name %s.%s, which the view needs, is taken; rename that object"
                            .formatted(plan.name().schema(), view));
        }
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
