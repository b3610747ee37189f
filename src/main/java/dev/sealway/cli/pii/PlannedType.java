package dev.sealway.cli.pii;

import dev.sealway.error.SealwayException;
import dev.sealway.plan.DidYouMean;
import dev.sealway.plan.Mode;
import dev.sealway.plan.Plan;
import dev.sealway.plan.Selection;
import dev.sealway.plan.TableName;
import dev.sealway.plan.TablePlan;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table in place, by the word that people type.
 *
 * @param word the table's name with hyphens for underscores: {@code guest-orders}
 */
public record PlannedType(String word, TableName table) {

    /** Stands for every type. */
    public static final String ALL = "all";

    /**
     * The types that {@code words} name, in the order of the plan.
     *
     * @throws SealwayException if the plan has a table that is not in place, or lacks one of the types
     */
    public static List<PlannedType> chosen(Plan plan, Collection<String> words) {
        refuseExpanded(plan);
        List<PlannedType> types = plan.tables().stream()
                .map(TablePlan::name)
                .map(name -> new PlannedType(name.table().replace('_', '-'), name))
                .toList();
        refuseUnknown(plan, types, words);
        return types.stream()
                .filter(t -> words.contains(ALL) || words.contains(t.word()))
                .toList();
    }

    private static void refuseExpanded(Plan plan) {
        String expanded = plan.tables().stream()
                .filter(t -> t.mode() != Mode.IN_PLACE)
                .map(t -> t.name().toString())
                .collect(Collectors.joining(", "));
        if (!expanded.isEmpty()) {
            throw SealwayException.wrongUsage(
                    "'sealway pii' is for plans whose tables are all in place, and in plan %s these are not: %s; use the single commands, from 'sealway expand' on"
                            .formatted(plan.name(), expanded));
        }
    }

    private static void refuseUnknown(Plan plan, List<PlannedType> types, Collection<String> words) {
        List<String> known = Stream.concat(types.stream().map(PlannedType::word), Stream.of(ALL))
                .toList();
        for (String word : words) {
            if (!known.contains(word)) {
                throw SealwayException.wrongUsage(
                        "plan %s has no type '%s'; %s".formatted(plan.name(), word, DidYouMean.hint(word, known)));
            }
        }
    }

    /** What the verbs are to be about. */
    public static Selection selection(Collection<PlannedType> types) {
        Set<String> tables = types.stream().map(t -> t.table().toString()).collect(Collectors.toSet());
        return new Selection(tables, Set.of(), OptionalInt.empty());
    }
}
