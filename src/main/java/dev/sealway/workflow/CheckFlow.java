package dev.sealway.workflow;

import dev.sealway.catalog.Catalog;
import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.check.PlanCheck;
import dev.sealway.catalog.check.PlanFindings;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.LedgerSchema;
import dev.sealway.ledger.NewColumn;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.ledger.Registry;
import dev.sealway.ledger.SealedViews;
import dev.sealway.plan.ColumnPlan;
import dev.sealway.plan.ConfirmationPhrase;
import dev.sealway.plan.Mode;
import dev.sealway.plan.Plan;
import dev.sealway.plan.PlanFault;
import dev.sealway.plan.PlanRefusedException;
import dev.sealway.plan.Selection;
import dev.sealway.plan.TablePlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Holds a plan against the live database, and measures what its search tokens would give away. Reads only; collects every
 * fault before it refuses.
 */
final class CheckFlow {

    private final Means means;

    CheckFlow(Means means) {
        this.means = means;
    }

    PlanReport run(Selection selection) {
        Plan plan = means.plan().select(selection);
        return means.database().inTransaction(TransactionSettings.reading(), "checking the plan", tx -> {
            Checked checked = check(tx, plan);
            return report(plan, checked);
        });
    }

    /** The selected columns whose plaintext is there, as they would be registered. */
    List<Proposal> proposals(Selection selection) {
        Plan plan = means.plan().select(selection);
        return means.database()
                .inTransaction(TransactionSettings.reading(), "checking the plan", tx -> check(tx, plan).proposals);
    }

    private record Checked(List<Proposal> proposals, List<PlanReport.Leakage> leakage, List<String> notices) {}

    private Checked check(Transaction tx, Plan plan) {
        boolean installed = LedgerSchema.isInstalled(tx);
        PlanFindings findings =
                PlanCheck.in(tx, installed ? owned(tx) : Set.of()).check(plan);
        List<PlanFault> faults = new ArrayList<>(findings.faults());
        List<Proposal> proposals = new ArrayList<>();
        List<PlanReport.Leakage> leakage = new ArrayList<>();
        // what follows reads values, and needs tables and columns that are there
        for (TablePlan table : faults.isEmpty() ? plan.tables() : List.<TablePlan>of()) {
            LiveTable live = Catalog.in(tx).table(table.name()).orElseThrow();
            Optional<RegisteredTable> registered = installed ? Registry.in(tx).table(table.name()) : Optional.empty();
            SearchCheck search = new SearchCheck(tx, table, live);
            Proposal proposal = proposal(plan, table, live, registered, search);
            faults.addAll(search.faults());
            leakage.addAll(search.leakage());
            if (!proposal.columns().isEmpty()) {
                proposals.add(proposal);
            }
        }
        if (!faults.isEmpty()) {
            throw new PlanRefusedException(plan.name(), faults);
        }
        return new Checked(proposals, leakage, findings.notices());
    }

    /** What is registered already is not measured again: its token is there, or its plaintext is gone. */
    private static Proposal proposal(
            Plan plan, TablePlan table, LiveTable live, Optional<RegisteredTable> registered, SearchCheck search) {
        Registration registration = new Registration(plan);
        List<ColumnPlan> there = new ArrayList<>();
        List<NewColumn> columns = new ArrayList<>();
        for (ColumnPlan column : table.columns()) {
            Optional<RegisteredColumn> known = registered.flatMap(r -> known(r, column));
            if (known.filter(k -> !k.phase().hasPlaintext()).isEmpty()) {
                there.add(column);
                columns.add(registration.of(
                        table, live, column, known, known.isPresent() ? Optional.empty() : search.measure(column)));
            }
        }
        search.requireUniqueness(there);
        return new Proposal(table.withColumns(there), live, columns);
    }

    /** What the ledger says Sealway made, as the check wants it. */
    private static Set<String> owned(Transaction tx) {
        Set<String> owned = new HashSet<>();
        for (RegisteredTable table : Registry.in(tx).tables()) {
            table.ownedColumns().forEach(c -> owned.add(table.name() + "." + c));
            table.columns().stream()
                    .filter(c -> InPlace.hasBegun(tx, table, c))
                    .forEach(c -> owned.add(table.name() + "." + c.plaintext()));
            SealedViews.in(tx).of(table).forEach(v -> owned.add(v.toString()));
        }
        return owned;
    }

    static Optional<RegisteredColumn> known(RegisteredTable table, ColumnPlan column) {
        return table.columns().stream()
                .filter(c -> c.plaintext().name().equals(column.name()))
                .findFirst();
    }

    private static PlanReport report(Plan plan, Checked checked) {
        List<PlanReport.Column> columns = checked.proposals.stream()
                .flatMap(p -> p.columns().stream()
                        .map(c -> new PlanReport.Column(
                                p.plan().name(),
                                c.plaintext().name().name(),
                                c.plaintext().type().sql(),
                                c.encoding().id(),
                                c.search().map(s -> "%s, %d bits%s"
                                        .formatted(s.normalizer(), s.bits(), s.carryUnique() ? ", unique" : "")))))
                .toList();
        List<String> names = checked.proposals.stream()
                .filter(p -> p.plan().mode() == Mode.EXPAND)
                .flatMap(p -> p.columns().stream()
                        .map(c -> p.plan().name() + "." + c.plaintext().name().name()))
                .toList();
        return new PlanReport(
                plan.name(),
                columns,
                checked.notices,
                checked.leakage,
                names.isEmpty()
                        ? Optional.empty()
                        : Optional.of(ConfirmationPhrase.of(plan.name(), names).text()));
    }
}
