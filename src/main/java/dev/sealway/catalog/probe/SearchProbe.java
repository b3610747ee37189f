package dev.sealway.catalog.probe;

import dev.sealway.catalog.LiveTable;
import dev.sealway.catalog.RowKey;
import dev.sealway.catalog.inventory.CarriedUnique;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.SqlFragment;
import dev.sealway.jdbc.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds the rows that a blind index could not take. Each method reads the whole column; the table has a row key. */
public final class SearchProbe {

    private static final Sql UNNORMALIZABLE = Sql.of("""
            SELECT {key} FROM {table} WHERE {column} IS NOT NULL AND {normal} IS NULL""");

    private static final Sql DUPLICATES = Sql.of("""
            SELECT {key}
              FROM (SELECT {key}, count(*) OVER (PARTITION BY {parts}) AS same FROM {table} WHERE {conditions}) counted
             WHERE counted.same > 1""");

    private SearchProbe() {}

    /** Rows whose value has no normal form. */
    public static Offenders unnormalizable(Transaction tx, LiveTable table, NormalizedColumn column) {
        return Offenders.of(
                tx,
                table,
                UNNORMALIZABLE
                        .with("key", key(table))
                        .with("table", table.name())
                        .with("column", column.column().name())
                        .with("normal", column.sql()));
    }

    /**
     * Rows that are different in plaintext, or allowed to be equal, but would collide under a unique index over tokens.
     *
     * @param tokens the plaintext column and normaliser behind each search column in {@code index}
     */
    public static Offenders duplicates(
            Transaction tx, LiveTable table, CarriedUnique index, Map<Identifier, NormalizedColumn> tokens) {
        List<SqlFragment> parts = index.columns().stream()
                .<SqlFragment>map(c -> tokens.containsKey(c) ? tokens.get(c).sql() : c)
                .toList();
        return Offenders.of(
                tx,
                table,
                DUPLICATES
                        .with("key", key(table))
                        .with("parts", Sql.join(", ", parts))
                        .with("table", table.name())
                        .with("conditions", conditions(index, parts, tokens)));
    }

    private static Sql conditions(
            CarriedUnique index, List<SqlFragment> parts, Map<Identifier, NormalizedColumn> tokens) {
        List<Sql> conditions = new ArrayList<>();
        conditions.add(index.predicate().map(p -> predicate(p, tokens)).orElse(Sql.of("true")));
        if (!index.rules().nullsNotDistinct()) {
            parts.forEach(p -> conditions.add(isNotNull(p)));
        }
        return Sql.join(" AND ", conditions);
    }

    /** The search column need not be there yet: that its token is present is asked of the plaintext. */
    private static Sql predicate(Sql predicate, Map<Identifier, NormalizedColumn> tokens) {
        return tokens.entrySet().stream()
                .filter(e -> predicate.sql().equals(isNotNull(e.getKey()).sql()))
                .map(e -> isNotNull(e.getValue().sql()))
                .findFirst()
                .orElseGet(() -> Sql.of("({predicate})").with("predicate", predicate));
    }

    private static Sql isNotNull(SqlFragment part) {
        return Sql.of("{part} IS NOT NULL").with("part", part);
    }

    private static Sql key(LiveTable table) {
        return Identifier.list(table.rowKey().map(RowKey::names).orElseThrow());
    }
}
