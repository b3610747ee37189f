package dev.sealway.workflow;

import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.inventory.Dependent;
import dev.sealway.catalog.inventory.UniqueCarry;
import dev.sealway.catalog.probe.NormalizedColumn;
import dev.sealway.catalog.probe.SearchProbe;
import dev.sealway.discover.live.Sampler;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.SqlFailure;
import dev.sealway.jdbc.Transaction;
import dev.sealway.plan.ColumnPlan;
import dev.sealway.plan.DerivedNames;
import dev.sealway.plan.PlanFault;
import dev.sealway.plan.SearchPlan;
import dev.sealway.search.Normalizer;
import dev.sealway.search.TokenLength;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Proposes search tokens for the columns of one table, and lets the check of plans measure and judge them. */
final class SearchProposal {

    private static final String CURE = ". Leave out 'search'";

    private final Transaction tx;
    private final LiveTable table;
    private final Function<List<ColumnPlan>, List<PlanFault>> check;

    /** @param check holds columns of the table against the catalogue */
    SearchProposal(Transaction tx, LiveTable table, Function<List<ColumnPlan>, List<PlanFault>> check) {
        this.tx = tx;
        this.table = table;
        this.check = check;
    }

    /** By column; those that nobody looks up have none. */
    Map<String, DiscoverReport.Search> of(List<Candidate> proposed) {
        Map<String, DiscoverReport.Search> searches = new LinkedHashMap<>();
        for (Candidate candidate : proposed) {
            candidate.finding().normalizer().ifPresent(n -> searches.put(candidate.name(), measured(candidate, n)));
        }
        Set<Identifier> plaintext =
                proposed.stream().map(c -> c.column().name()).collect(Collectors.toSet());
        proposed.stream().filter(c -> isTaken(searches, c)).forEach(c -> {
            List<String> carried = carried(c, plaintext, searches);
            searches.computeIfPresent(c.name(), (name, search) -> carrying(search, carried));
        });
        if (!holds(proposed, searches)) {
            searches.replaceAll((name, s) -> s.carriesUnique() ? carrying(s, List.of()) : s);
        }
        return searches;
    }

    private static boolean isTaken(Map<String, DiscoverReport.Search> searches, Candidate candidate) {
        return Optional.ofNullable(searches.get(candidate.name()))
                .filter(s -> s.leftOut().isEmpty())
                .isPresent();
    }

    /** Reads the column as a whole, as far as the statement timeout lets it. */
    private DiscoverReport.Search measured(Candidate candidate, Normalizer wished) {
        SearchCheck[] checks = new SearchCheck[1];
        Normalizer[] taken = {wished};
        Optional<SqlFailure> failure = tx.tentatively(() -> {
            taken[0] = takesAll(candidate, wished) ? wished : Normalizer.DIGITS_1;
            ColumnPlan column = candidate.planned(Optional.of(plan(taken[0], false)));
            checks[0] = new SearchCheck(tx, Assessment.planned(table, List.of(column)), table);
            checks[0].measure(column);
        });
        if (failure.isPresent()) {
            return new DiscoverReport.Search(
                    name(taken[0]),
                    List.of(),
                    0,
                    0,
                    0,
                    0,
                    failure.map(f -> "its values could not be counted: %s; 'sealway plan' counts them"
                            .formatted(Sampler.why(f))));
        }
        PlanReport.Leakage leakage = checks[0].leakage().get(0);
        return new DiscoverReport.Search(
                name(taken[0]),
                List.of(),
                leakage.rows(),
                leakage.distinct(),
                leakage.topCount(),
                leakage.tokenBits(),
                checks[0].faults().stream().findFirst().map(f -> f.message().split(CURE, 2)[0]));
    }

    /** Only telephone numbers can be without a normal form. */
    private boolean takesAll(Candidate candidate, Normalizer normalizer) {
        return normalizer != Normalizer.E164_1
                || SearchProbe.unnormalizable(tx, table, new NormalizedColumn(candidate.column(), normalizer))
                        .isEmpty();
    }

    private List<String> carried(
            Candidate candidate, Set<Identifier> plaintext, Map<String, DiscoverReport.Search> searches) {
        Map<Identifier, Identifier> tokens = searches.entrySet().stream()
                .filter(e -> e.getValue().leftOut().isEmpty())
                .collect(Collectors.toMap(
                        e -> Identifier.of(e.getKey()), e -> Identifier.of(DerivedNames.search(e.getKey()))));
        return UniqueCarry.of(tx, table, candidate.column().name(), plaintext, tokens).dependents().stream()
                .map(Dependent::key)
                .sorted()
                .toList();
    }

    /** Whether a plan with these tokens passes: rows that differ only in spelling cannot stay unique. */
    private boolean holds(List<Candidate> proposed, Map<String, DiscoverReport.Search> searches) {
        List<ColumnPlan> columns = proposed.stream()
                .map(c -> c.planned(Optional.ofNullable(searches.get(c.name()))
                        .filter(s -> s.leftOut().isEmpty())
                        .map(s -> plan(Normalizer.parse(s.normalizer()), s.carriesUnique()))))
                .toList();
        AtomicBoolean holds = new AtomicBoolean();
        tx.tentatively(() -> {
            SearchCheck uniqueness = new SearchCheck(tx, Assessment.planned(table, columns), table);
            uniqueness.requireUniqueness(columns);
            holds.set(uniqueness.faults().isEmpty() && check.apply(columns).isEmpty());
        });
        return holds.get();
    }

    private static SearchPlan plan(Normalizer normalizer, boolean carryUnique) {
        return new SearchPlan(name(normalizer), carryUnique, Optional.empty(), OptionalInt.empty(), Optional.empty());
    }

    private static DiscoverReport.Search carrying(DiscoverReport.Search s, List<String> carried) {
        int bits = carried.isEmpty() ? s.bits() : TokenLength.UNIQUE_BITS;
        return new DiscoverReport.Search(
                s.normalizer(), carried, s.rows(), s.distinct(), s.top(), bits, Optional.empty());
    }

    private static String name(Normalizer normalizer) {
        return normalizer.id().substring(0, normalizer.id().indexOf('/'));
    }
}
