package dev.sealway.discover.live;

import dev.sealway.catalog.CatalogPath;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.plan.DidYouMean;
import dev.sealway.plan.TableName;
import java.util.List;
import java.util.Set;

/**
 * The tables that hold users' rows: a partitioned one once, no views, no foreign or temporary tables, nothing of the
 * system's, of extensions, of migration tools or of Sealway's own.
 */
public final class UserTables {

    private static final Sql TABLES = Sql.of("""
            SELECT n.nspname, c.relname
              FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
               AND n.nspname <> ALL (ARRAY['information_schema', 'sealway']) AND NOT pg_catalog.starts_with(n.nspname, 'pg_')
               AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
               AND c.relname <> ALL (ARRAY['flyway_schema_history', 'databasechangelog', 'databasechangeloglock'])
               AND (pg_catalog.cardinality(CAST(? AS pg_catalog.text[])) = 0
                    OR n.nspname = ANY (CAST(? AS pg_catalog.text[])))
               AND NOT EXISTS (
                     SELECT 1 FROM pg_catalog.pg_depend d
                      WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'e')
             ORDER BY n.nspname, c.relname""");

    private static final Sql SCHEMAS = Sql.of("SELECT nspname FROM pg_catalog.pg_namespace");

    private UserTables() {}

    /**
     * @param schemas none means all
     * @throws SealwayException if one of them is not there
     */
    public static List<TableName> of(Transaction tx, Set<String> schemas) {
        List<String> known = tx.list(SCHEMAS, row -> row.getString(1));
        schemas.stream().filter(s -> !known.contains(s)).findFirst().ifPresent(s -> {
            throw SealwayException.wrongUsage(
                    "the database has no schema '%s'; %s".formatted(s, DidYouMean.hint(s, known)));
        });
        String[] chosen = schemas.toArray(String[]::new);
        return CatalogPath.only(
                tx, () -> tx.list(TABLES, row -> new TableName(row.getString(1), row.getString(2)), chosen, chosen));
    }
}
