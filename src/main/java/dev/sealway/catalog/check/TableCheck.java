package dev.sealway.catalog.check;

import dev.sealway.catalog.LiveColumn;
import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.ServerFacts;
import dev.sealway.catalog.TypeSupport;
import dev.sealway.plan.Binding;
import dev.sealway.plan.TablePlan;

/** Whether a table as a whole can be worked on, wherever its ciphertexts go. */
final class TableCheck {

    private final TablePlan plan;
    private final LiveTable live;
    private final TableFacts facts;

    TableCheck(TablePlan plan, LiveTable live, TableFacts facts) {
        this.plan = plan;
        this.live = live;
        this.facts = facts;
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
                    "is part of a table inheritance, whose children Sealway would not cover; dissolve it (NO INHERIT) or use declarative partitions");
        }
        if (facts.foreignPartitions()) {
            findings.fault(plan, "has a partition on another server, where Sealway cannot work; detach it");
        }
        switch (facts.persistence()) {
            case 't' -> findings.fault(plan, "is a temporary table; it would be gone before the work is done");
            case 'u' -> findings.notice(plan, "is unlogged: after a crash of the server it is empty");
            default -> {}
        }
    }

    private void checkRights(ServerFacts server, Findings findings) {
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
    }
}
