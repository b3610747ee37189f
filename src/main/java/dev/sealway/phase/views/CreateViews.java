package dev.sealway.phase.views;

import dev.sealway.catalog.LiveColumn;
import dev.sealway.catalog.LiveTable;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.ShortLock;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.SqlFragment;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.ledger.SealedViews;
import dev.sealway.plan.DerivedNames;
import dev.sealway.plan.TableName;
import dev.sealway.progress.Progress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes {@code <table>_sealed}: the columns of the table by name and in order, each encrypted one in the place and under
 * the name of its plaintext, search tokens last.
 *
 * <p>SQL cannot decrypt: the view gives the old shape, the library opens the values. It never reads a plaintext column,
 * so it does not stand in the way of contract. A plain SELECT from one table, so it can be written to. Thread-safe.
 */
public final class CreateViews {

    private static final int SECURITY_INVOKER_SINCE = 150000;

    private static final Sql DROP = Sql.of("DROP VIEW IF EXISTS {view}");
    private static final Sql CREATE = Sql.of("CREATE VIEW {view} {options} AS SELECT {columns} FROM {table}");
    private static final Sql GRANTS = Sql.of("""
            SELECT DISTINCT a.privilege_type, CASE WHEN a.grantee = 0 THEN '' ELSE pg_catalog.pg_get_userbyid(a.grantee) END,
                   a.is_grantable
              FROM pg_catalog.pg_class c CROSS JOIN LATERAL pg_catalog.aclexplode(c.relacl) a
             WHERE c.oid = ?::pg_catalog.regclass AND a.grantee <> c.relowner
               AND a.privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
             ORDER BY 2, 1""");
    private static final Sql ROW_SECURITY =
            Sql.of("SELECT relrowsecurity FROM pg_catalog.pg_class WHERE oid = ?::pg_catalog.regclass");

    private static final List<String> LIMITS = List.of(
            "LIKE, ranges and ORDER BY on an encrypted column compare ciphertexts, which says nothing of the values",
            "an encrypted column reads as bytea: the application opens it, and looks values up by their search token");

    private final Database database;
    private final ShortLock shortLock;
    private final Progress progress;

    public CreateViews(Database database, ShortLock shortLock, Progress progress) {
        this.database = database;
        this.shortLock = shortLock;
        this.progress = progress;
    }

    /** Made anew on every run, so that it follows the table. */
    public ViewsReport.View run(RegisteredTable table, LiveTable live) {
        QualifiedName view = viewOf(live);
        try (Session session = database.open()) {
            shortLock.run(
                    session, live.name(), "creating view %s".formatted(view), TransactionSettings.writing(), tx -> {
                        create(tx, table, live, view);
                        return null;
                    });
        }
        progress.done("Created view %s".formatted(view));
        return new ViewsReport.View(
                new TableName(live.name().schema().name(), live.name().name().name()), view.toString(), LIMITS);
    }

    /** The statement that makes the view. */
    public Sql statement(RegisteredTable table, LiveTable live, boolean securityInvoker) {
        return CREATE.with("view", viewOf(live))
                .with("options", Sql.of(securityInvoker ? "WITH (security_invoker = true)" : ""))
                .with("columns", Sql.join(", ", columns(table, live)))
                .with("table", live.name());
    }

    public static QualifiedName viewOf(LiveTable live) {
        return new QualifiedName(
                live.name().schema(),
                Identifier.of(DerivedNames.view(live.name().name().name())));
    }

    private void create(Transaction tx, RegisteredTable table, LiveTable live, QualifiedName view) {
        boolean invoker = tx.number(Sql.of("SELECT pg_catalog.current_setting('server_version_num')::int"))
                >= SECURITY_INVOKER_SINCE;
        if (!invoker && tx.isTrue(ROW_SECURITY, live.name().sql())) {
            throw SealwayException.refused(
                    ("table %s has row-level security, which a view on PostgreSQL 14 would pass by; upgrade to 15, or let"
                                    + " the application read the table itself")
                            .formatted(live.name()));
        }
        SealedViews views = SealedViews.in(tx);
        requireOursOrNobodys(tx, views.of(table), view);
        tx.executeDefinition(DROP.with("view", view));
        tx.executeDefinition(statement(table, live, invoker));
        copyGrants(tx, live, view);
        views.remember(table, view);
    }

    private static void requireOursOrNobodys(Transaction tx, List<QualifiedName> ours, QualifiedName view) {
        boolean taken = tx.isTrue(Sql.of("SELECT pg_catalog.to_regclass(?) IS NOT NULL"), view.sql());
        if (taken && !ours.contains(view)) {
            throw SealwayException.refused(
                    "%s exists already and is not a view of Sealway's; rename it, or leave out the views phase"
                            .formatted(view));
        }
    }

    private static void copyGrants(Transaction tx, LiveTable live, QualifiedName view) {
        record Grant(String privilege, String role, boolean grantable) {}
        List<Grant> grants = tx.list(
                GRANTS,
                row -> new Grant(row.getString(1), row.getString(2), row.getBoolean(3)),
                live.name().sql());
        for (Grant grant : grants) {
            SqlFragment role = grant.role.isEmpty() ? Sql.of("PUBLIC") : Identifier.of(grant.role);
            tx.executeDefinition(Sql.of("GRANT {privilege} ON {view} TO {role} {option}")
                    .with("privilege", Sql.trusted(grant.privilege))
                    .with("view", view)
                    .with("role", role)
                    .with("option", Sql.of(grant.grantable ? "WITH GRANT OPTION" : "")));
        }
    }

    private static List<SqlFragment> columns(RegisteredTable table, LiveTable live) {
        Map<String, RegisteredColumn> byPlaintext = new HashMap<>();
        Map<String, RegisteredColumn> byEncrypted = new HashMap<>();
        Set<String> tokens = new HashSet<>();
        table.columns().stream()
                .filter(c -> c.phase() != ColumnPhase.REGISTERED)
                .forEach(c -> {
                    byPlaintext.put(c.plaintext().name(), c);
                    byEncrypted.put(c.encrypted().name(), c);
                    c.search().ifPresent(s -> tokens.add(s.column().name()));
                });
        List<SqlFragment> first = new ArrayList<>();
        List<SqlFragment> last = new ArrayList<>();
        for (LiveColumn column : live.columns()) {
            String name = column.name().name();
            if (tokens.contains(name)) {
                last.add(column.name());
            } else if (byPlaintext.containsKey(name)) {
                first.add(sealed(byPlaintext.get(name)));
            } else if (!byEncrypted.containsKey(name)) {
                first.add(column.name());
            } else if (byEncrypted.get(name).phase() == ColumnPhase.CONTRACTED) {
                first.add(sealed(byEncrypted.get(name)));
            }
        }
        first.addAll(last);
        return first;
    }

    private static Sql sealed(RegisteredColumn column) {
        return Sql.of("{encrypted} AS {plain}")
                .with("encrypted", column.encrypted())
                .with("plain", column.plaintext());
    }
}
