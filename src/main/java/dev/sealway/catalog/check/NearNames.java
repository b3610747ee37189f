package dev.sealway.catalog.check;

import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.plan.DidYouMean;
import dev.sealway.plan.TableName;
import java.util.List;

/** Guesses what was meant by the name of a table that does not exist. */
final class NearNames {

    private static final Sql TABLES = Sql.of("""
            SELECT n.nspname, c.relname
              FROM pg_class c
              JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind IN ('r', 'p')
               AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'sealway')
             ORDER BY n.nspname = ? DESC, n.nspname, c.relname
             LIMIT 10000
            """);

    private NearNames() {}

    /** The end of a message, empty if nothing is near. */
    static String ofTable(Transaction tx, TableName wanted) {
        List<TableName> all =
                tx.list(TABLES, row -> new TableName(row.getString(1), row.getString(2)), wanted.schema());
        return all.stream()
                .filter(t -> t.table().equals(wanted.table()))
                .findFirst()
                .map(TableName::toString)
                .or(() -> DidYouMean.nearest(
                        wanted.toString(), all.stream().map(TableName::toString).toList()))
                .map("; did you mean '%s'?"::formatted)
                .orElse("; names are matched exactly as the catalogue spells them");
    }
}
