package dev.sealway.catalog.check;

import dev.sealway.catalog.LiveTable;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.SqlFailure;
import dev.sealway.jdbc.Transaction;
import dev.sealway.plan.TablePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether a plan's {@code where} is one condition over one row, and means the same whenever it is asked.
 *
 * <p>PostgreSQL plans it, once in parentheses and once within {@code CASE WHEN}: {@code id=1) or (id=2} passes one of the
 * two but never both. What it prints of the second is searched for sub-selects and for functions that are not immutable.
 * Operators and casts that depend on a setting pass: Sealway pins the settings.
 */
final class WhereCheck {

    /** Of another statement, a parameter of JDBC, a parameter of PostgreSQL. */
    private static final Pattern NEVER = Pattern.compile(";|\\?|\\$[0-9]");

    /** The line feed ends a comment. */
    private static final Sql IN_PARENTHESES = Sql.of("""
            EXPLAIN (VERBOSE, COSTS OFF) SELECT 1 FROM {table} WHERE ({where}
            )""");

    private static final Sql IN_CASE = Sql.of("""
            EXPLAIN (VERBOSE, COSTS OFF) SELECT CASE WHEN {where}
             THEN 1 END FROM {table}""");

    private WhereCheck() {}

    static void check(Transaction tx, TablePlan plan, LiveTable live, Findings findings) {
        plan.where()
                .flatMap(where -> fault(tx, where, live))
                .ifPresent(fault -> findings.fault(plan, "where " + fault));
    }

    private static Optional<String> fault(Transaction tx, String where, LiveTable live) {
        if (where.isBlank()) {
            return Optional.of("is empty; leave it out");
        }
        if (NEVER.matcher(where).find()) {
            return Optional.of("holds a semicolon, a question mark or a numbered parameter; write it without");
        }
        List<String> printed = new ArrayList<>();
        Optional<SqlFailure> failure = tx.tentatively(() -> {
            explain(tx, IN_PARENTHESES, where, live);
            printed.addAll(explain(tx, IN_CASE, where, live));
        });
        if (failure.isPresent()) {
            return Optional.of("is not one condition over the table's columns: PostgreSQL refuses it (SQLSTATE %s)"
                    .formatted(failure.get().sqlState()));
        }
        return PrintedExpression.fault(tx, String.join("\n", printed));
    }

    private static List<String> explain(Transaction tx, Sql template, String where, LiveTable live) {
        return tx.list(template.with("table", live.name()).with("where", Sql.trusted(where)), row -> row.getString(1));
    }
}
