package dev.sealway.plan;

import java.io.Serializable;
import java.util.Comparator;

/**
 * One thing that is wrong with a plan: found while reading the file, or by holding it against the live catalogue.
 *
 * @param line of the plan file, from 1; 0 if the plan did not come from a file
 * @param column within the line, from 1; 0 if only the line is known
 * @param place the path of keys, {@code tables.public.users.columns.email.pad}; empty for the file as a whole
 * @param message the law that was broken and the cure, without line and place
 */
public record PlanFault(int line, int column, String place, String message)
        implements Comparable<PlanFault>, Serializable {

    private static final Comparator<PlanFault> ORDER = Comparator.comparingInt(PlanFault::line)
            .thenComparingInt(PlanFault::column)
            .thenComparing(PlanFault::place)
            .thenComparing(PlanFault::message);

    public PlanFault(int line, String place, String message) {
        this(line, 0, place, message);
    }

    /** A fault of a table, at its line. */
    public static PlanFault of(TablePlan table, String message) {
        return new PlanFault(table.line(), "tables." + table.name(), message);
    }

    /** A fault of a column, at its line. */
    public static PlanFault of(TablePlan table, ColumnPlan column, String message) {
        return new PlanFault(column.line(), "tables.%s.columns.%s".formatted(table.name(), column.name()), message);
    }

    /** In the order of the file. */
    @Override
    public int compareTo(PlanFault other) {
        return ORDER.compare(this, other);
    }

    /** The form that editors and terminals make clickable: {@code db/sealway.yaml:12: <place>: <message>}. */
    public String at(String source) {
        String where = line > 0 ? "%s:%d: ".formatted(source, line) : source + ": ";
        return where + (place.isEmpty() ? "" : place + ": ") + message;
    }
}
