package dev.sealway.index;

import dev.sealway.batch.WalkedTable;
import dev.sealway.catalog.inventory.CarriedUnique;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.SqlFragment;
import dev.sealway.jdbc.Transaction;
import java.util.ArrayList;
import java.util.List;

/** Finds rows whose tokens collide before an index would refuse them, and names them by their keys. */
public final class DuplicateTokens {

    private static final int EXAMPLES = 20;
    private static final Identifier T = Identifier.of("t");

    /** No column is likely to have this name. */
    private static final Identifier TEXT = Identifier.of("key of the row");

    private static final Sql GROUPS = Sql.of("""
            SELECT (pg_catalog.array_agg({text} ORDER BY {text}))[1:10] FROM (
              SELECT pg_catalog.concat_ws(', ', {key}) AS {text}, {columns} FROM {table} t WHERE {conditions}) r
             GROUP BY {columns} HAVING pg_catalog.count(*) > 1 LIMIT ?""");

    private DuplicateTokens() {}

    /** @throws SealwayException with the keys of the first colliding rows, if there are any */
    public static void refuse(Transaction tx, WalkedTable table, TokenIndexes indexes, CarriedUnique unique) {
        refuse(tx, table, indexes.tokensOf(unique), unique);
    }

    /**
     * @param tokens the token columns among those of {@code unique}
     * @throws SealwayException with the keys of the first colliding rows, if there are any
     */
    public static void refuse(Transaction tx, WalkedTable table, List<Identifier> tokens, CarriedUnique unique) {
        List<SqlFragment> conditions = new ArrayList<>();
        (unique.rules().nullsNotDistinct() ? tokens : unique.columns())
                .forEach(c -> conditions.add(Sql.of("t.{c} IS NOT NULL").with("c", c)));
        unique.predicate().ifPresent(p -> conditions.add(Sql.of("({p})").with("p", p)));
        List<String> groups = tx.list(
                GROUPS.with("text", TEXT)
                        .with("key", table.keyTextIn(T))
                        .with("columns", Identifier.list(unique.columns()))
                        .with("table", table.name())
                        .with("conditions", Sql.join(" AND ", conditions)),
                row -> String.join(" = ", (String[]) row.getArray(1).getArray()),
                EXAMPLES);
        if (!groups.isEmpty()) {
            throw SealwayException.refused(
                    ("the uniqueness of %s on %s cannot move to %s: these rows have the same token, because their values"
                                    + " normalise to one. Rows by key: %s%s. Decide which row keeps the value, change the others,"
                                    + " and run this again")
                            .formatted(
                                    unique.replaced().name(),
                                    table.name(),
                                    tokens,
                                    String.join("; ", groups),
                                    groups.size() == EXAMPLES ? "; and more" : ""));
        }
    }
}
