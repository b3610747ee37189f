package dev.sealway.workflow;

import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.check.PlanCheck;
import dev.sealway.catalog.inventory.Dependent;
import dev.sealway.catalog.inventory.Inventory;
import dev.sealway.discover.live.StatementTexts;
import dev.sealway.discover.live.StatementUse;
import dev.sealway.jdbc.Transaction;
import dev.sealway.plan.Binding;
import dev.sealway.plan.ColumnPlan;
import dev.sealway.plan.Mode;
import dev.sealway.plan.Plan;
import dev.sealway.plan.PlanFault;
import dev.sealway.plan.TablePlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds what was found in one table against what a plan may ask for: the plan's own checks say what is possible. */
final class Assessment {

    private final Transaction tx;
    private final LiveTable table;
    private final List<Candidate> candidates;
    private final StatementTexts statements;
    private final int minConfidence;

    Assessment(
            Transaction tx, LiveTable table, List<Candidate> candidates, StatementTexts statements, int minConfidence) {
        this.tx = tx;
        this.table = table;
        this.candidates = candidates;
        this.statements = statements;
        this.minConfidence = minConfidence;
    }

    /** @param ofServer takes what stands against every plan here */
    DiscoverReport.Table of(long sampled, Set<String> ofServer) {
        List<PlanFault> faults = faults(candidates.stream()
                .filter(c -> c.finding().kind().isToBeSealed())
                .map(c -> c.planned(Optional.empty()))
                .toList());
        tell(faults, ofServer);
        List<String> obstacles = faults.stream()
                .filter(f -> f.line() == 0 && !f.place().isEmpty() && !isOfTheRole(f))
                .map(PlanFault::message)
                .toList();
        List<Candidate> proposed = candidates.stream()
                .filter(c -> obstacles.isEmpty()
                        && isProposed(c)
                        && obstacles(c, faults).isEmpty())
                .toList();
        Map<String, DiscoverReport.Search> searches = new SearchProposal(tx, table, this::faults).of(proposed);
        return new DiscoverReport.Table(
                table.tableName(),
                table.estimatedRows(),
                sampled,
                obstacles,
                candidates.stream()
                        .map(c -> column(
                                c,
                                proposed.contains(c),
                                obstacles(c, faults),
                                Optional.ofNullable(searches.get(c.name())),
                                impacts(c),
                                uses(c)))
                        .toList());
    }

    /** Of a table whose surroundings could not be looked at: nothing of it is proposed. */
    static DiscoverReport.Table failed(LiveTable table, List<Candidate> candidates, long sampled, String why) {
        return new DiscoverReport.Table(
                table.tableName(),
                table.estimatedRows(),
                sampled,
                List.of("what hangs on it could not be looked at: " + why),
                candidates.stream()
                        .map(c -> column(c, false, List.of(), Optional.empty(), List.of(), List.of()))
                        .toList());
    }

    private void tell(List<PlanFault> faults, Set<String> ofServer) {
        faults.stream()
                .filter(f -> isOfTheRole(f) || f.place().isEmpty())
                .forEach(f -> ofServer.add(
                        f.place().isEmpty() ? f.message() : "%s: %s".formatted(table.name(), f.message())));
    }

    /** Who looks need not be who migrates. */
    private static boolean isOfTheRole(PlanFault fault) {
        return fault.message().startsWith("role ");
    }

    private boolean isProposed(Candidate candidate) {
        return candidate.finding().kind().isToBeSealed() && candidate.finding().confidence() >= minConfidence;
    }

    private static List<String> obstacles(Candidate candidate, List<PlanFault> faults) {
        return candidate.finding().kind().isToBeSealed()
                ? faults.stream()
                        .filter(f -> f.line() == candidate.line())
                        .map(PlanFault::message)
                        .toList()
                : List.of("a password hash is compared and never read back; it stays as it is");
    }

    private static DiscoverReport.Column column(
            Candidate candidate,
            boolean proposed,
            List<String> obstacles,
            Optional<DiscoverReport.Search> search,
            List<DiscoverReport.Impact> impacts,
            List<StatementUse> uses) {
        return new DiscoverReport.Column(
                candidate.name(),
                candidate.column().type().sql(),
                candidate.finding().kind().words(),
                candidate.finding().confidence(),
                candidate.finding().reason(),
                proposed,
                obstacles,
                search,
                impacts,
                uses);
    }

    private List<StatementUse> uses(Candidate candidate) {
        return candidate.finding().kind().isToBeSealed()
                ? statements.uses(table.name().name().name(), candidate.name())
                : List.of();
    }

    private List<DiscoverReport.Impact> impacts(Candidate candidate) {
        if (!candidate.finding().kind().isToBeSealed()) {
            return List.of();
        }
        return Inventory.of(tx, table, List.of(candidate.column().name())).stream()
                .filter(Dependent::needsDisposition)
                .map(d -> new DiscoverReport.Impact(d.key(), d.effect().words(), d.proposedLine()))
                .toList();
    }

    /** What stands against a plan of these columns, each fault at its column's line. */
    private List<PlanFault> faults(List<ColumnPlan> columns) {
        if (columns.isEmpty()) {
            return List.of();
        }
        Plan plan = new Plan("draft", Optional.empty(), List.of(), 1, "data/default", List.of(planned(columns)));
        return PlanCheck.in(tx, Set.of()).check(plan).faults();
    }

    private TablePlan planned(List<ColumnPlan> columns) {
        return planned(table, columns);
    }

    static TablePlan planned(LiveTable table, List<ColumnPlan> columns) {
        return new TablePlan(
                table.tableName(),
                0,
                Mode.EXPAND,
                Binding.COLUMN,
                Optional.empty(),
                false,
                Optional.empty(),
                columns,
                Map.of());
    }
}
