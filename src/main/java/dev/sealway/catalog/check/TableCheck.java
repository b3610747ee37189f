package dev.sealway.catalog.check;

import dev.sealway.catalog.LiveColumn;
import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.ServerFacts;
import dev.sealway.catalog.TypeSupport;
import dev.sealway.jdbc.Identifier;
import dev.sealway.plan.Binding;
import dev.sealway.plan.DerivedNames;
import dev.sealway.plan.TablePlan;
import java.util.Set;

/** Whether a table as a whole can be worked on. */
final class TableCheck {

    private final TablePlan plan;
    private final LiveTable live;
    private final TableFacts facts;
    private final Set<String> owned;

    TableCheck(TablePlan plan, LiveTable live, TableFacts facts, Set<String> owned) {
        this.plan = plan;
        this.live = live;
        this.facts = facts;
        this.owned = owned;
    }

    void check(ServerFacts server, Findings findings) {
        if (live.kind() != 'r' && live.kind() != 'p') {
            findings.fault(plan, "is %s; only tables can be encrypted".formatted(kind()));
            return;
        }
        checkShape(findings);
        checkRights(server, findings);
        checkRowKey(findings);
        checkSurroundings(findings);
        checkView(findings);
    }

    private String kind() {
        return switch (live.kind()) {
            case 'f' -> "a foreign table";
            case 'v' -> "a view";
            case 'm' -> "a materialized view";
            default -> "not a table";
        };
    }

    private void checkShape(Findings findings) {
        facts.partitionOf()
                .ifPresent(parent -> findings.fault(
                        plan, "is a partition of %s; name that table, partitions follow it".formatted(parent)));
        if (facts.inherits()) {
            findings.fault(
                    plan,
                    "is part of a table inheritance, whose children the guard would not cover; dissolve it (NO INHERIT) or use declarative partitions");
        }
        if (facts.foreignPartitions()) {
            findings.fault(plan, "has a partition on another server, on which the guard cannot work; detach it");
        }
        switch (facts.persistence()) {
            case 't' -> findings.fault(plan, "is a temporary table; it would be gone before the work is done");
            case 'u' -> findings.notice(plan, "is unlogged: after a crash of the server it is empty");
            default -> {}
        }
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
        if (facts.rowSecurity()) {
            findings.fault(
                    plan,
                    "row-level security hides rows from role %s, which would stay plaintext; use a role with BYPASSRLS, or the owner without FORCE ROW LEVEL SECURITY"
                            .formatted(server.user()));
        }
    }

    private void checkRowKey(Findings findings) {
        if (live.rowKey().isEmpty()) {
            findings.fault(
                    plan,
                    "has neither a primary key nor a UNIQUE constraint over NOT NULL columns by which its rows can be walked (a B-tree, not partial, with a deterministic collation); add one");
            return;
        }
        if (plan.binding() == Binding.ROW) {
            for (LiveColumn column : live.rowKey().get().columns()) {
                if (!TypeSupport.bindsRows(column)) {
                    findings.fault(
                            plan,
                            "bind: row is not possible, because the row key's column %s has type %s, whose values have more than one text form; use bind: column"
                                    .formatted(column.name(), column.type()));
                }
            }
        }
    }

    private void checkSurroundings(Findings findings) {
        if (facts.preparedTransactions() > 0) {
            findings.fault(
                    plan,
                    "%d prepared transactions hold locks on it; COMMIT PREPARED or ROLLBACK PREPARED them (pg_prepared_xacts lists them)"
                            .formatted(facts.preparedTransactions()));
        }
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
}
