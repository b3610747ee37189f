package dev.sealway.catalog.inventory;

import dev.sealway.catalog.CatalogPath;
import dev.sealway.catalog.LiveTable;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.plan.Disposition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds everything that hangs on the plaintext columns of a table, over all of its partitions.
 *
 * <p>{@code DROP COLUMN … RESTRICT} is no safety net: it silently drops keys, constraints, indexes and statistics, and it
 * does not know the text of functions. So contract compares this list with the plan's dispositions.
 *
 * <p>What Sealway made is left out: triggers named {@code ~sealway…}, whatever lives in schema {@code sealway}, and every
 * index or constraint that touches an encrypted or search column or has {@code sealway} in its name.
 */
public final class Inventory {

    private static final List<Sql> QUERIES = Stream.of(
                    ColumnQueries.ALL, TableQueries.ALL, TriggerQueries.ALL, ReaderQueries.ALL, OtherQueries.ALL)
            .flatMap(List::stream)
            .map(query -> query.with("used", UsedObjects.SQL))
            .toList();

    private Inventory() {}

    /** The same, with {@code <column>_encrypted} and {@code <column>_search} taken for Sealway's own. */
    public static List<Dependent> of(Transaction tx, LiveTable table, Collection<Identifier> columns) {
        return of(tx, table, columns, DerivedColumns.of(columns));
    }

    /**
     * @param columns the plaintext columns
     * @param own the encrypted and search columns that Sealway added to the table
     * @return sorted by kind and name, each object once
     */
    public static List<Dependent> of(
            Transaction tx, LiveTable table, Collection<Identifier> columns, Collection<Identifier> own) {
        String[] names = names(columns);
        String[] ownNames = names(own);
        Map<String, Dependent> found = new LinkedHashMap<>();
        CatalogPath.only(tx, () -> {
                    List<Sql> publications = PublicationQueries.forServer(tx);
                    return Stream.concat(QUERIES.stream(), publications.stream())
                            .flatMap(q -> tx.list(q, Inventory::dependent, table.oid(), names, ownNames).stream())
                            .toList();
                })
                .forEach(d -> found.merge(d.key(), d, Inventory::graver));
        return found.values().stream()
                .sorted(Comparator.comparing(Dependent::kind).thenComparing(Dependent::name))
                .toList();
    }

    /**
     * Those that nobody has decided about, or that must stay ({@code keep}): contract refuses while there are any.
     *
     * @param decided the plan's dispositions
     * @param carried the UNIQUE constraints and indexes whose place a search token takes
     */
    public static List<Dependent> undispositioned(
            List<Dependent> all, Map<String, Disposition> decided, Set<Dependent> carried) {
        Set<String> carriedKeys = carried.stream().map(Dependent::key).collect(Collectors.toSet());
        return all.stream()
                .filter(Dependent::needsDisposition)
                .filter(d -> !carriedKeys.contains(d.key()))
                .filter(d -> !isSettled(decided.get(d.key())))
                .collect(Collectors.toUnmodifiableList());
    }

    private static boolean isSettled(@Nullable Disposition decision) {
        return decision != null && decision.action() != Disposition.Action.KEEP;
    }

    /** The same object can be found on several ways; the one on which it stops the drop counts. */
    private static Dependent graver(Dependent one, Dependent other) {
        return other.effect().compareTo(one.effect()) < 0 ? other : one;
    }

    private static Dependent dependent(ResultSet row) throws SQLException {
        return new Dependent(
                row.getString("kind"),
                row.getString("name"),
                DropEffect.valueOf(row.getString("effect")),
                row.getString("detail"),
                row.getLong("oid"));
    }

    private static String[] names(Collection<Identifier> columns) {
        return columns.stream().map(Identifier::name).toArray(String[]::new);
    }
}
