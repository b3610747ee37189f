package dev.sealway.workflow;

import dev.sealway.catalog.LiveColumn;
import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.TypeSupport;
import dev.sealway.catalog.inventory.CarriedUnique;
import dev.sealway.catalog.inventory.UniqueCarry;
import dev.sealway.catalog.probe.LeakageProbe;
import dev.sealway.catalog.probe.NormalizedColumn;
import dev.sealway.catalog.probe.Offenders;
import dev.sealway.catalog.probe.SearchProbe;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Transaction;
import dev.sealway.plan.ColumnPlan;
import dev.sealway.plan.DerivedNames;
import dev.sealway.plan.PlanFault;
import dev.sealway.plan.SearchPlan;
import dev.sealway.plan.TablePlan;
import dev.sealway.search.LeakageGate;
import dev.sealway.search.LeakageGate.Verdict;
import dev.sealway.search.Normalizer;
import dev.sealway.search.ValueDistribution;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Measures, before anything is created, what the blind indexes of a table would meet and give away. Not thread-safe. */
final class SearchCheck {

    private final Transaction tx;
    private final TablePlan table;
    private final LiveTable live;
    private final List<PlanFault> faults = new ArrayList<>();
    private final List<PlanReport.Leakage> leakage = new ArrayList<>();

    SearchCheck(Transaction tx, TablePlan table, LiveTable live) {
        this.tx = tx;
        this.table = table;
        this.live = live;
    }

    List<PlanFault> faults() {
        return faults;
    }

    List<PlanReport.Leakage> leakage() {
        return leakage;
    }

    /** The spread of a column's values under its normaliser; empty if it gets no blind index. */
    Optional<ValueDistribution> measure(ColumnPlan column) {
        return column.search().map(search -> {
            NormalizedColumn normalized = normalized(column, search);
            ValueDistribution spread = LeakageProbe.measure(tx, live, normalized);
            judge(column, search, normalized, spread);
            Offenders unnormalizable = SearchProbe.unnormalizable(tx, live, normalized);
            if (!unnormalizable.isEmpty()) {
                fault(
                        column,
                        "%d rows have a value that normaliser %s cannot take (rows by key: %s); correct them or choose another normaliser"
                                .formatted(
                                        unnormalizable.count(),
                                        normalized.normalizer().id(),
                                        shown(unnormalizable)));
            }
            return spread;
        });
    }

    private void judge(ColumnPlan column, SearchPlan search, NormalizedColumn normalized, ValueDistribution spread) {
        Verdict verdict = LeakageGate.judge(
                spread,
                normalized.normalizer(),
                TypeSupport.isEnumerable(normalized.column()),
                search.acceptedLeakage());
        List<String> words = new ArrayList<>(LeakageGate.ALWAYS);
        if (verdict instanceof Verdict.Accepted accepted) {
            words.addAll(accepted.reasons());
            words.add("accepted: " + accepted.acceptance());
        }
        if (verdict instanceof Verdict.Refused refused) {
            fault(
                    column,
                    "its search token would give its values away: %s. Leave out 'search', or say why it is acceptable: accept-leakage: \"<reason>\""
                            .formatted(String.join("; ", refused.reasons())));
        }
        leakage.add(new PlanReport.Leakage(
                table.name(),
                column.name(),
                spread.rows(),
                spread.distinct(),
                spread.top(),
                Registration.bits(search, Optional.of(spread)),
                words));
    }

    /** Rows that are different as plaintext and the same as tokens would make a UNIQUE index impossible. */
    void requireUniqueness(Collection<ColumnPlan> columns) {
        Map<Identifier, NormalizedColumn> tokens = new LinkedHashMap<>();
        Map<Identifier, Identifier> search = new LinkedHashMap<>();
        columns.forEach(c -> c.search().filter(SearchPlan::carryUnique).ifPresent(s -> {
            Identifier token = Identifier.of(DerivedNames.search(c.name()));
            tokens.put(token, normalized(c, s));
            search.put(Identifier.of(c.name()), token);
        }));
        Set<Identifier> plaintext =
                columns.stream().map(c -> Identifier.of(c.name())).collect(Collectors.toSet());
        for (ColumnPlan column : columns) {
            if (column.search().filter(SearchPlan::carryUnique).isPresent()) {
                UniqueCarry.of(tx, live, Identifier.of(column.name()), plaintext, search)
                        .carried()
                        .forEach(unique -> requireUniqueness(column, unique, tokens));
            }
        }
    }

    private void requireUniqueness(ColumnPlan column, CarriedUnique unique, Map<Identifier, NormalizedColumn> tokens) {
        Offenders duplicates = SearchProbe.duplicates(tx, live, unique, tokens);
        if (!duplicates.isEmpty()) {
            fault(
                    column,
                    "%s cannot be carried: the values of %d rows normalise to that of another row (rows by key: %s); decide which keeps it"
                            .formatted(unique.replaced().key(), duplicates.count(), shown(duplicates)));
        }
    }

    private NormalizedColumn normalized(ColumnPlan column, SearchPlan search) {
        LiveColumn plaintext = live.column(column.name()).orElseThrow();
        return new NormalizedColumn(plaintext, Normalizer.parse(search.normalizer()));
    }

    private static String shown(Offenders offenders) {
        return String.join("; ", offenders.rowKeys())
                + (offenders.count() > offenders.rowKeys().size() ? "; and more" : "");
    }

    private void fault(ColumnPlan column, String message) {
        faults.add(PlanFault.of(table, column, message));
    }
}
