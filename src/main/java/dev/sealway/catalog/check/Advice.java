package dev.sealway.catalog.check;

import dev.sealway.catalog.LiveColumn;
import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.RowKey;
import dev.sealway.catalog.TypeSupport;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.plan.Binding;
import dev.sealway.plan.TablePlan;
import java.util.List;
import java.util.Set;

/** What would be better, though nothing is wrong. */
final class Advice {

    private static final int SHORT = 32;
    private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar", "citext", "name");

    /** A look at some rows, not at all: it is advice. */
    private static final Sql LONGEST = Sql.of("""
            SELECT max(octet_length(convert_to(CAST(seen.value AS text), 'UTF8')))
              FROM (SELECT {column} AS value FROM {table} WHERE {column} IS NOT NULL LIMIT 1000) seen
            """);

    private Advice() {}

    static void give(Transaction tx, TablePlan plan, LiveTable live, List<PlannedColumn> columns, Findings findings) {
        boolean bindable = live.rowKey().filter(Advice::isKnownBeforehand).isPresent();
        if (plan.binding() == Binding.COLUMN && bindable) {
            findings.notice(
                    plan,
                    "bind: row is possible here: then a ciphertext that is copied into another row does not open there");
        }
        for (PlannedColumn column : columns) {
            if (isUnpaddedText(column) && isShort(tx, live, column.live())) {
                findings.notice(
                        plan,
                        column.plan(),
                        "pad: 32 is advised: its texts are so short that the length of a ciphertext tells them apart");
            }
        }
    }

    /** A key that the database hands out is not known when a new row is sealed. */
    private static boolean isKnownBeforehand(RowKey key) {
        return key.columns().stream().allMatch(c -> TypeSupport.bindsRows(c) && !isHandedOut(c));
    }

    private static boolean isHandedOut(LiveColumn column) {
        return column.identity()
                || column.defaultExpression()
                        .filter(d -> d.contains("nextval("))
                        .isPresent();
    }

    private static boolean isUnpaddedText(PlannedColumn column) {
        return column.plan().pad().isEmpty()
                && column.live().category() == 'b'
                && TEXTS.contains(column.live().baseType());
    }

    private static boolean isShort(Transaction tx, LiveTable live, LiveColumn column) {
        long longest = tx.number(LONGEST.with("column", column.name()).with("table", live.name()));
        return longest > 0 && longest <= SHORT;
    }
}
