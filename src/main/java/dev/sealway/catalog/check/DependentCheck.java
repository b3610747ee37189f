package dev.sealway.catalog.check;

import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.inventory.Dependent;
import dev.sealway.catalog.inventory.Inventory;
import dev.sealway.catalog.inventory.UniqueCarry;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Transaction;
import dev.sealway.plan.DerivedNames;
import dev.sealway.plan.SearchPlan;
import dev.sealway.plan.TablePlan;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether everything that hangs on the plaintext has a future. */
final class DependentCheck {

    private final Transaction tx;
    private final TablePlan plan;
    private final LiveTable live;
    private final List<PlannedColumn> columns;

    DependentCheck(Transaction tx, TablePlan plan, LiveTable live, List<PlannedColumn> columns) {
        this.tx = tx;
        this.plan = plan;
        this.live = live;
        this.columns = columns;
    }

    void check(Findings findings) {
        if (columns.isEmpty()) {
            return;
        }
        Set<Dependent> carried = carried(findings);
        List<Dependent> inventory = Inventory.of(
                tx, live, columns.stream().map(c -> c.live().name()).toList());
        List<Dependent> open = Inventory.undispositioned(inventory, plan.dispositions(), carried);
        open.stream().filter(d -> d.kind().equals("publication")).forEach(d -> findings.fault(plan, published(d)));
        List<Dependent> undecided = open.stream()
                .filter(d -> !d.kind().equals("publication"))
                .filter(d -> !plan.dispositions().containsKey(d.key()))
                .toList();
        if (!undecided.isEmpty()) {
            findings.notice(plan, pasteable(undecided));
        }
        reportKept(open, findings);
    }

    private Set<Dependent> carried(Findings findings) {
        Map<Identifier, Identifier> search = columns.stream()
                .filter(c -> carriesUnique(c)
                        && Identifier.isValid(DerivedNames.search(c.plan().name())))
                .collect(Collectors.toMap(
                        c -> c.live().name(),
                        c -> Identifier.of(DerivedNames.search(c.plan().name()))));
        Set<Identifier> plaintext = columns.stream().map(c -> c.live().name()).collect(Collectors.toSet());
        Set<Dependent> carried = new HashSet<>();
        for (PlannedColumn column : columns) {
            if (search.containsKey(column.live().name())) {
                UniqueCarry carry = UniqueCarry.of(tx, live, column.live().name(), plaintext, search);
                carried.addAll(carry.dependents());
                if (carry.carried().isEmpty()) {
                    findings.fault(plan, column.plan(), nothingToCarry(carry));
                }
            }
        }
        return carried;
    }

    private static boolean carriesUnique(PlannedColumn column) {
        return column.plan().search().filter(SearchPlan::carryUnique).isPresent();
    }

    private static String nothingToCarry(UniqueCarry carry) {
        String why = carry.refused().entrySet().stream()
                .map(e -> "; %s cannot be carried: %s".formatted(e.getKey(), e.getValue()))
                .sorted()
                .collect(Collectors.joining());
        return "unique: carry has nothing to carry: no UNIQUE constraint or index over the plain column%s; leave it out"
                .formatted(why);
    }

    private static String published(Dependent publication) {
        return "%1$s %2$s: add the new columns on the subscribers first, or their apply stops with missing replicated columns; they keep the plaintext after the drop; then decide \"%1$s\": accept under dispositions"
                .formatted(publication.key(), publication.detail());
    }

    private void reportKept(List<Dependent> open, Findings findings) {
        open.stream()
                .filter(d -> plan.dispositions().containsKey(d.key()))
                .forEach(d -> findings.notice(
                        plan, "%s is to be kept, so contract will refuse while it is there".formatted(d.key())));
    }

    private static String pasteable(List<Dependent> undecided) {
        return undecided.stream()
                .map(d -> "\n      " + d.proposedLine())
                .collect(Collectors.joining(
                        "", "contract will refuse until the plan decides; paste and review under dispositions:", ""));
    }
}
