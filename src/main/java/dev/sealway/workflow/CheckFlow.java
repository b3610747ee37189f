package dev.sealway.workflow;

import dev.sealway.catalog.Catalog;
import dev.sealway.catalog.LiveTable;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.plan.Plan;
import dev.sealway.plan.Selection;
import dev.sealway.plan.TablePlan;
import java.util.List;
import java.util.Optional;

/** Holds a plan against the live database. */
final class CheckFlow {

    private final Means means;

    CheckFlow(Means means) {
        this.means = means;
    }

    PlanReport run(Selection selection) {
        List<Proposal> proposals = proposals(selection);
        return new PlanReport(means.plan().name(), List.of(), List.of(), List.of(), Optional.empty());
    }

    List<Proposal> proposals(Selection selection) {
        Plan plan = means.plan().select(selection);
        Registration registration = new Registration(plan);
        return means.database()
                .inTransaction(TransactionSettings.reading(), "checking the plan", tx -> plan.tables().stream()
                        .map(t -> propose(tx, registration, t))
                        .toList());
    }

    private static Proposal propose(Transaction tx, Registration registration, TablePlan table) {
        LiveTable live = Catalog.in(tx).table(table.name()).orElseThrow();
        return new Proposal(
                table,
                live,
                table.columns().stream()
                        .map(c -> registration.of(table, live, c, Optional.empty()))
                        .toList());
    }
}
