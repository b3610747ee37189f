package dev.sealway.plan;

import java.util.OptionalInt;
import java.util.Set;

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
        return (tables.isEmpty() || tables.contains(table.toString()) || tables.contains(table.table()))
                && (columns.isEmpty()
                        || columns.contains(column.name())
                        || columns.contains(table.table() + "." + column.name())
                        || columns.contains(table + "." + column.name()))
                && (change.isEmpty() || change.getAsInt() == column.change());
    }
}
