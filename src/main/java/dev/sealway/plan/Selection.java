package dev.sealway.plan;

import dev.sealway.error.SealwayException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which part of a plan a command is about.
 *
 * @param tables {@code schema.table} or bare table names; empty means all
 * @param columns {@code schema.table.column}, {@code table.column} or bare column names; empty means all
 * @param change the one change of the plan that is meant; empty means all
 */
public record Selection(Set<String> tables, Set<String> columns, OptionalInt change) {

    public static final Selection ALL = new Selection(Set.of(), Set.of(), OptionalInt.empty());

    public Selection {
        tables = Set.copyOf(tables);
        columns = Set.copyOf(columns);
    }

    public static Selection ofChange(int change) {
        return new Selection(Set.of(), Set.of(), OptionalInt.of(change));
    }

    boolean includes(TableName table, ColumnPlan column) {
        return (tables.isEmpty() || tables.stream().anyMatch(names(table)::contains))
                && (columns.isEmpty() || columns.stream().anyMatch(names(table, column)::contains))
                && (change.isEmpty() || change.getAsInt() == column.change());
    }

    /** @throws SealwayException if a table, a column or the change is not in {@code plan}; all of them at once */
    void refuseUnknown(Plan plan) {
        Set<String> knownTables = new TreeSet<>();
        Set<String> knownColumns = new TreeSet<>();
        Set<Integer> knownChanges = new TreeSet<>();
        for (TablePlan table : plan.tables()) {
            knownTables.addAll(names(table.name()));
            for (ColumnPlan column : table.columns()) {
                knownColumns.addAll(names(table.name(), column));
                knownChanges.add(column.change());
            }
        }
        List<String> unknown = new ArrayList<>(unknown("table", tables, knownTables));
        unknown.addAll(unknown("column", columns, knownColumns));
        change.stream()
                .filter(c -> !knownChanges.contains(c))
                .forEach(c -> unknown.add("no change %d; it has %s".formatted(c, knownChanges)));
        if (!unknown.isEmpty()) {
            throw SealwayException.wrongUsage(
                    "the plan %s has %s".formatted(plan.name(), String.join("; and ", unknown)));
        }
    }

    private static List<String> unknown(String what, Collection<String> said, Collection<String> known) {
        return said.stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .map(name -> "no %s '%s'; %s".formatted(what, name, DidYouMean.hint(name, known)))
                .toList();
    }

    private static List<String> names(TableName table) {
        return List.of(table.toString(), table.table());
    }

    private static List<String> names(TableName table, ColumnPlan column) {
        return List.of(column.name(), table.table() + "." + column.name(), table + "." + column.name());
    }
}
