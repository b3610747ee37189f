package dev.sealway.catalog.check;

import dev.sealway.catalog.LiveColumn;
import dev.sealway.catalog.LiveTable;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.SqlFailure;
import dev.sealway.jdbc.Transaction;
import dev.sealway.plan.TablePlan;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a table's {@code where} says of a row what it said before the row was encrypted. PostgreSQL plans it over the
 * columns that stay as they are; what it does not find there is not one of them.
 */
final class InPlaceWhere {

    private static final Sql OVER_THE_OTHERS = Sql.of("""
            EXPLAIN SELECT CASE WHEN {where}
             THEN 1 END FROM (SELECT {others} FROM {table}) AS "sealway row\"""");

    private static final Set<String> NOT_FOUND = Set.of("42703", "42P01");

    private final Transaction tx;
    private final TablePlan plan;
    private final LiveTable live;
    private final Set<String> owned;

    InPlaceWhere(Transaction tx, TablePlan plan, LiveTable live, Set<String> owned) {
        this.tx = tx;
        this.plan = plan;
        this.live = live;
        this.owned = owned;
    }

    /** Of a condition that is none, {@link WhereCheck} tells. */
    void check(Findings findings) {
        plan.where()
                .flatMap(this::failure)
                .filter(f -> NOT_FOUND.contains(f.sqlState()))
                .ifPresent(
                        f -> findings.fault(
                                plan,
                                "where may use only the row's columns that are not encrypted, each by its bare name: what it says of a row must hold after the row is encrypted too"));
    }

    private Optional<SqlFailure> failure(String where) {
        List<Identifier> others = live.columns().stream()
                .map(LiveColumn::name)
                .filter(name -> !isEncrypted(name.name()))
                .toList();
        return others.isEmpty()
                ? Optional.empty()
                : tx.tentatively(() -> tx.list(
                        OVER_THE_OTHERS
                                .with("where", Sql.trusted(where))
                                .with("others", Identifier.list(others))
                                .with("table", live.name()),
                        row -> row.getString(1)));
    }

    private boolean isEncrypted(String column) {
        return plan.columns().stream().anyMatch(c -> c.name().equals(column))
                || owned.contains(plan.name() + "." + column);
    }
}
