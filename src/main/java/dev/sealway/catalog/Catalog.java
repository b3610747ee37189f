package dev.sealway.catalog;

import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.SqlFragment;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TypeName;
import dev.sealway.plan.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What the database is, as seen by one transaction. Names are bound, and match exactly as they are spelled. */
public final class Catalog {

    private static final Sql TABLE = Sql.of("""
            SELECT c.oid, n.nspname, c.relname, c.relkind,
                   coalesce(sum(l.reltuples) FILTER (WHERE l.reltuples >= 0), -1)::bigint AS estimated_rows,
                   coalesce(sum(pg_table_size(l.oid)), 0)::bigint AS bytes
              FROM pg_class c
              JOIN pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN LATERAL (
                     SELECT c.oid, c.reltuples WHERE c.relkind <> 'p'
                     UNION
                     SELECT p.oid, p.reltuples
                       FROM pg_partition_tree(c.oid) t JOIN pg_class p ON p.oid = t.relid
                      WHERE c.relkind = 'p' AND t.isleaf AND p.relkind <> 'p') l ON true
             WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND {which}
             GROUP BY c.oid, n.nspname, c.relname, c.relkind
            """);

    private static final Sql COLUMNS = Sql.of("""
            SELECT a.attname, a.attnum, format_type(a.atttypid, a.atttypmod) AS type, b.typname, b.typtype,
                   a.attgenerated <> '' AS generated, a.attidentity <> '' AS identity,
                   a.attnotnull AND NOT EXISTS (
                     SELECT 1 FROM pg_constraint n
                      WHERE n.conrelid = a.attrelid AND n.contype = 'n'
                        AND n.conkey = ARRAY[a.attnum] AND NOT n.convalidated) AS not_null,
                   CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END AS default_expression
              FROM pg_attribute a
              CROSS JOIN LATERAL (
                     WITH RECURSIVE below AS (
                       SELECT t.typname, t.typtype, t.typbasetype FROM pg_type t WHERE t.oid = a.atttypid
                       UNION ALL
                       SELECT t.typname, t.typtype, t.typbasetype
                         FROM below JOIN pg_type t ON t.oid = below.typbasetype
                        WHERE below.typtype = 'd')
                     SELECT typname, typtype FROM below WHERE typtype <> 'd') b
              LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
             WHERE a.attrelid = CAST(? AS oid) AND a.attnum > 0 AND NOT a.attisdropped
             ORDER BY a.attnum
            """);

    private static final Sql SERVER = Sql.of("""
            SELECT current_setting('server_version_num')::int, current_setting('server_encoding'), current_user,
                   r.rolsuper, r.rolsuper OR r.rolbypassrls, pg_is_in_recovery()
              FROM pg_roles r WHERE r.rolname = current_user
            """);

    private final Transaction tx;

    private Catalog(Transaction tx) {
        this.tx = tx;
    }

    public static Catalog in(Transaction tx) {
        return new Catalog(tx);
    }

    /** A table, view or foreign table of this name; indexes and sequences are not found. */
    public Optional<LiveTable> table(TableName name) {
        return find(Sql.of("n.nspname = ? AND c.relname = ?"), name.schema(), name.table());
    }

    /** @param oid as an earlier look-up in this database gave it */
    public Optional<LiveTable> table(long oid) {
        return find(Sql.of("c.oid = CAST(? AS oid)"), oid);
    }

    public ServerFacts server() {
        return tx.first(
                        SERVER,
                        row -> new ServerFacts(
                                row.getInt(1),
                                row.getString(2),
                                row.getString(3),
                                row.getBoolean(4),
                                row.getBoolean(5),
                                row.getBoolean(6)))
                .orElseThrow();
    }

    private Optional<LiveTable> find(SqlFragment which, Object... binds) {
        return CatalogPath.only(tx, () -> tx.first(TABLE.with("which", which), Catalog::bare, binds)
                .map(this::filled));
    }

    private LiveTable filled(LiveTable bare) {
        List<LiveColumn> columns = tx.list(COLUMNS, Catalog::column, bare.oid());
        return new LiveTable(
                bare.oid(),
                bare.name(),
                bare.kind(),
                columns,
                RowKeys.of(tx, bare.oid(), columns),
                bare.estimatedRows(),
                bare.bytes());
    }

    private static LiveTable bare(ResultSet row) throws SQLException {
        return new LiveTable(
                row.getLong("oid"),
                QualifiedName.of(row.getString("nspname"), row.getString("relname")),
                row.getString("relkind").charAt(0),
                List.of(),
                Optional.empty(),
                row.getLong("estimated_rows"),
                row.getLong("bytes"));
    }

    private static LiveColumn column(ResultSet row) throws SQLException {
        return new LiveColumn(
                Identifier.of(row.getString("attname")),
                row.getInt("attnum"),
                new TypeName(row.getString("type")),
                row.getString("typname"),
                row.getString("typtype").charAt(0),
                row.getBoolean("not_null"),
                row.getBoolean("generated"),
                row.getBoolean("identity"),
                Optional.ofNullable(row.getString("default_expression")));
    }
}
