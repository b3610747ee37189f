package dev.sealway.catalog.inventory;

import dev.sealway.catalog.LiveColumn;
import dev.sealway.catalog.LiveTable;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A unique index as the catalogue has it.
 *
 * @param key columns in order; empty where an expression stands
 * @param predicateColumns plaintext or not, the columns that the predicate mentions
 */
record UniqueIndex(
        Dependent dependent,
        Identifier index,
        boolean constraint,
        List<Optional<Identifier>> key,
        List<Identifier> include,
        Optional<String> predicate,
        Set<Identifier> predicateColumns,
        CarriedUnique.Rules rules) {

    /** {@code indnullsnotdistinct} came with PostgreSQL 15; read through the row's JSON it is absent before. */
    private static final Sql OVER = Sql.of("""
            SELECT x.oid, x.relname, c.oid AS constraint_oid, c.conname, i.indkey::int2[] AS key, i.indnkeyatts,
                   pg_get_expr(i.indpred, i.indrelid, true) AS predicate,
                   ARRAY(SELECT a.attnum FROM pg_attribute a
                          WHERE a.attrelid = i.indrelid AND a.attnum > 0
                            AND CAST(i.indpred AS text) LIKE format('%%:varattno %s %%', a.attnum)) AS mentioned,
                   coalesce(CAST(to_jsonb(i) ->> 'indnullsnotdistinct' AS boolean), false) AS nulls_not_distinct,
                   coalesce(c.condeferrable, false) AS deferrable, coalesce(c.condeferred, false) AS deferred
              FROM pg_index i
              JOIN pg_class x ON x.oid = i.indexrelid AND x.relname NOT LIKE '%sealway%'
              LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.conrelid = i.indrelid
             WHERE i.indrelid = CAST(? AS oid) AND i.indisunique AND NOT i.indisprimary AND i.indisvalid
               AND coalesce(c.contype, 'u') = 'u'
               AND EXISTS (SELECT 1 FROM pg_depend d
                            WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = i.indrelid
                              AND d.refobjsubid = ?
                              AND ((d.classid = 'pg_class'::regclass AND d.objid = x.oid)
                                   OR (d.classid = 'pg_constraint'::regclass AND d.objid = c.oid)))
             ORDER BY x.relname
            """);

    static List<UniqueIndex> over(Transaction tx, LiveTable table, Identifier column) {
        Map<Integer, Identifier> names =
                table.columns().stream().collect(Collectors.toMap(LiveColumn::number, LiveColumn::name));
        int number = table.column(column.name()).orElseThrow().number();
        return tx.list(OVER, row -> read(row, names), table.oid(), number);
    }

    private static UniqueIndex read(ResultSet row, Map<Integer, Identifier> names) throws SQLException {
        List<Optional<Identifier>> all = numbers(row, "key").stream()
                .map(n -> Optional.ofNullable(names.get(n)))
                .toList();
        int keys = row.getInt("indnkeyatts");
        @Nullable String constraint = row.getString("conname");
        String name = row.getString("relname");
        Dependent dependent = constraint == null
                ? new Dependent("index", name, DropEffect.GOES_SILENTLY, "unique index", row.getLong("oid"))
                : new Dependent(
                        "constraint",
                        constraint,
                        DropEffect.GOES_SILENTLY,
                        "unique constraint",
                        row.getLong("constraint_oid"));
        return new UniqueIndex(
                dependent,
                Identifier.of(name),
                constraint != null,
                all.subList(0, keys),
                all.subList(keys, all.size()).stream().flatMap(Optional::stream).toList(),
                Optional.ofNullable(row.getString("predicate")),
                numbers(row, "mentioned").stream().map(names::get).collect(Collectors.toSet()),
                new CarriedUnique.Rules(
                        row.getBoolean("nulls_not_distinct"),
                        row.getBoolean("deferrable"),
                        row.getBoolean("deferred")));
    }

    private static List<Integer> numbers(ResultSet row, String column) throws SQLException {
        return Arrays.stream((Object[]) row.getArray(column).getArray())
                .map(n -> ((Number) n).intValue())
                .toList();
    }

    /** Why no index over search tokens can do the same; empty if one can. */
    List<String> faults(Set<Identifier> plaintext, Map<Identifier, Identifier> search) {
        List<String> faults = new ArrayList<>();
        if (key.stream().anyMatch(Optional::isEmpty)) {
            faults.add("it is over an expression");
        }
        key.stream()
                .flatMap(Optional::stream)
                .filter(c -> plaintext.contains(c) && !search.containsKey(c))
                .forEach(c -> faults.add("its column %s is encrypted without a search token".formatted(c)));
        if (predicateColumns.stream().anyMatch(plaintext::contains)
                && presence(search).isEmpty()) {
            faults.add("its predicate reads plaintext");
        }
        return faults;
    }

    CarriedUnique carried(Set<Identifier> plaintext, Map<Identifier, Identifier> search) {
        Function<Identifier, Identifier> moved = c -> plaintext.contains(c) ? search.getOrDefault(c, c) : c;
        return new CarriedUnique(
                dependent,
                index,
                constraint,
                key.stream().flatMap(Optional::stream).map(moved).toList(),
                include.stream().filter(c -> !plaintext.contains(c)).toList(),
                presence(search).or(() -> predicate.map(Sql::trusted)),
                rules);
    }

    /** A predicate that only asks whether the value is there can ask the same of the token. */
    private Optional<Sql> presence(Map<Identifier, Identifier> search) {
        return search.entrySet().stream()
                .filter(e -> predicate
                        .filter(p -> p.equals(quotedAsNeeded(e.getKey()) + " IS NOT NULL"))
                        .isPresent())
                .map(e -> Sql.of("{column} IS NOT NULL").with("column", e.getValue()))
                .findFirst();
    }

    /** As PostgreSQL prints names; a reserved word is missed, and its index is then refused. */
    private static String quotedAsNeeded(Identifier name) {
        return name.name().matches("[a-z_][a-z0-9_$]*") ? name.name() : name.sql();
    }
}
