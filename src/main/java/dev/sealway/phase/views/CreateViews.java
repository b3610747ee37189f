package dev.sealway.phase.views;

import dev.sealway.catalog.LiveTable;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.ShortLock;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.SqlFailure;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.ledger.SealedViews;
import dev.sealway.plan.DerivedNames;
import dev.sealway.progress.Progress;
import java.util.List;
import java.util.Optional;

/**
 * Makes {@code <table>_sealed}: the columns of the table by name and in order, each encrypted one in the place and under
 * the name of its plaintext, search tokens last.
 *
 * <p>SQL cannot decrypt: the view gives the old shape, the library opens the values. It never reads a plaintext column,
 * so it does not stand in the way of contract. A plain SELECT from one table, so it can be written to. Thread-safe.
 */
public final class CreateViews {

    private static final int SECURITY_INVOKER_SINCE = 150000;

    private static final Sql DROP = Sql.of("DROP VIEW IF EXISTS {view} RESTRICT");
    private static final Sql CREATE =
            Sql.of("CREATE OR REPLACE VIEW {view} {options} AS SELECT {columns} FROM {table}");
    private static final Sql EARLIER = Sql.of("""
            SELECT attname FROM pg_catalog.pg_attribute
             WHERE attrelid = pg_catalog.to_regclass(?) AND attnum > 0 AND NOT attisdropped ORDER BY attnum""");
    /** Up to PostgreSQL 14 the generated column itself is what depends, from 15 on its expression. */
    private static final Sql COMPUTED = Sql.of("""
            SELECT DISTINCT a.attname FROM pg_catalog.pg_attribute a
              JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
              JOIN pg_catalog.pg_depend p ON p.refclassid = 'pg_catalog.pg_class'::regclass AND p.refobjid = a.attrelid
               AND ((p.classid = 'pg_catalog.pg_attrdef'::regclass AND p.objid = d.oid)
                 OR (p.classid = 'pg_catalog.pg_class'::regclass AND p.objid = a.attrelid AND p.objsubid = a.attnum))
              JOIN pg_catalog.pg_attribute s ON s.attrelid = a.attrelid AND s.attnum = p.refobjsubid AND s.attnum <> a.attnum
             WHERE a.attrelid = ?::pg_catalog.regclass AND a.attgenerated <> '' AND s.attname = ANY (?)""");

    private static final Sql ROW_SECURITY =
            Sql.of("SELECT relrowsecurity FROM pg_catalog.pg_class WHERE oid = ?::pg_catalog.regclass");

    private static final List<String> LIMITS = List.of(
            "LIKE, ranges and ORDER BY on an encrypted column compare ciphertexts, which says nothing of the values",
            "columns that are computed from plaintext (GENERATED) are left out",
            "an encrypted column reads as its ciphertext: the application opens it, and looks values up by their search token");

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
        return new ViewsReport.View(live.tableName(), view.toString(), LIMITS);
    }

    /** The statement that makes the view. */
    public Sql statement(RegisteredTable table, LiveTable live, boolean securityInvoker) {
        return statement(table, live, securityInvoker, List.of());
    }

    private static Sql statement(RegisteredTable table, LiveTable live, boolean securityInvoker, List<String> earlier) {
        table.refuseInPlace("sealway views");
        return CREATE.with("view", viewOf(live))
                .with("options", Sql.of(securityInvoker ? "WITH (security_invoker = true)" : ""))
                .with("columns", Sql.join(", ", ViewColumns.of(table, live, earlier)))
                .with("table", live.name());
    }

    public static QualifiedName viewOf(LiveTable live) {
        return new QualifiedName(
                live.name().schema(),
                Identifier.of(DerivedNames.view(live.name().name().name())));
    }

    /** Makes the view of a table whose definition the caller changes in the same transaction. */
    public static void make(Transaction tx, RegisteredTable table, LiveTable live) {
        create(tx, table, live, viewOf(live));
    }

    private static void create(Transaction tx, RegisteredTable table, LiveTable live, QualifiedName view) {
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
        ViewGrants grants = ViewGrants.of(tx, live.name(), view);
        List<String> earlier = tx.list(EARLIER, row -> row.getString(1), view.sql());
        replace(tx, view, statement(table, withoutComputed(tx, table, live), invoker, earlier));
        grants.give(tx, view);
        views.remember(table, view);
    }

    /** A generated column that is computed from plaintext is plaintext, and goes when that goes. */
    private static LiveTable withoutComputed(Transaction tx, RegisteredTable table, LiveTable live) {
        String[] plaintext = table.columns().stream()
                .filter(c -> c.phase() != ColumnPhase.REGISTERED)
                .map(c -> c.plaintext().name())
                .toArray(String[]::new);
        List<String> computed =
                tx.list(COMPUTED, row -> row.getString(1), live.name().sql(), plaintext);
        return new LiveTable(
                live.oid(),
                live.name(),
                live.kind(),
                live.columns().stream()
                        .filter(c -> !computed.contains(c.name().name()))
                        .toList(),
                live.rowKey(),
                live.estimatedRows(),
                live.bytes());
    }

    /** A view that other views read cannot be dropped, but it can be replaced as long as its columns stay what they are. */
    private static void replace(Transaction tx, QualifiedName view, Sql create) {
        Optional<SqlFailure> kept = tx.tentatively(() -> tx.executeDefinition(DROP.with("view", view)));
        if (kept.isPresent() && !kept.get().isDependedOn()) {
            throw kept.get();
        }
        Optional<SqlFailure> failure = tx.tentatively(() -> tx.executeDefinition(create));
        if (failure.isPresent() && kept.isPresent() && !failure.get().isTransient()) {
            throw SealwayException.refused(
                    ("%s has to change its columns, and other objects of the database read it (\\d+ %s); drop them, run"
                                    + " 'sealway views' again, then make them anew")
                            .formatted(view, view));
        }
        failure.ifPresent(f -> {
            throw f;
        });
    }

    private static void requireOursOrNobodys(Transaction tx, List<QualifiedName> ours, QualifiedName view) {
        boolean taken = tx.isTrue(Sql.of("SELECT pg_catalog.to_regclass(?) IS NOT NULL"), view.sql());
        if (taken && !ours.contains(view)) {
            throw SealwayException.refused(
                    "%s exists already and is not a view of Sealway's; rename it, or leave out the views phase"
                            .formatted(view));
        }
    }
}
