package dev.sealway.workflow;

import dev.sealway.batch.WalkedTable;
import dev.sealway.catalog.Catalog;
import dev.sealway.catalog.LiveTable;
import dev.sealway.coverage.Concern;
import dev.sealway.coverage.CoverageReport;
import dev.sealway.coverage.CoverageTerms;
import dev.sealway.coverage.TableCoverage;
import dev.sealway.discover.live.Bounds;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.LedgerSchema;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.RegisteredTable;
import dev.sealway.ledger.Registry;
import dev.sealway.plan.Plan;
import dev.sealway.plan.Selection;
import dev.sealway.plan.TablePlan;
import dev.sealway.residue.Residue;
import dev.sealway.residue.Suspect;
import dev.sealway.residue.Trace;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds the database to the plan, table by table, each in one snapshot. Writes nothing, and waits for nobody. */
final class CoverageFlow {

    private static final Sql PLACE = Sql.of("SELECT pg_catalog.current_database(), pg_catalog.now()");

    private final Means means;

    CoverageFlow(Means means) {
        this.means = means;
    }

    CoverageReport run(Selection selection, CoverageTerms terms) {
        Plan plan = means.plan().select(selection);
        boolean known = means.database()
                .inTransaction(TransactionSettings.reading(), "looking for the plan's columns", tx -> known(tx, plan));
        if (known && terms.concerns().contains(Concern.ROWS)) {
            new KeyCheck(means).compare(plan);
        }
        List<CoverageReport.Column> columns = new ArrayList<>();
        for (TablePlan table : plan.tables()) {
            columns.addAll(means.database()
                    .inTransaction(
                            TransactionSettings.snapshot(),
                            "looking at %s".formatted(table.name()),
                            tx -> table(tx, table, terms)));
        }
        UnplannedReport unplanned = terms.concerns().contains(Concern.UNPLANNED)
                ? new UnplannedFlow(means).run(selection, Bounds.USUAL)
                : UnplannedReport.NONE;
        return means.database()
                .inTransaction(
                        TransactionSettings.reading(),
                        "looking for residue",
                        tx -> report(tx, plan, terms, new Found(columns, unplanned)));
    }

    private record Found(List<CoverageReport.Column> columns, UnplannedReport unplanned) {}

    private static List<CoverageReport.Unplanned> unplanned(UnplannedReport found) {
        return found.columns().stream()
                .map(c -> new CoverageReport.Unplanned(
                        c.table(),
                        c.name(),
                        "looks like %s (%d %%): %s".formatted(c.kind(), c.confidence(), c.reason())))
                .toList();
    }

    private static boolean known(Transaction tx, Plan plan) {
        return LedgerSchema.isInstalled(tx)
                && plan.tables().stream()
                        .anyMatch(t -> Registry.in(tx).table(t.name()).isPresent());
    }

    private List<CoverageReport.Column> table(Transaction tx, TablePlan plan, CoverageTerms terms) {
        TableCoverage coverage = new TableCoverage(tx, terms, means.progress());
        Optional<LiveTable> live = Catalog.in(tx).table(plan.name());
        if (live.isEmpty()) {
            return coverage.ofMissing(plan);
        }
        Optional<RegisteredTable> registered = registered(tx, plan);
        if (registered.isEmpty()) {
            return coverage.ofUntouched(plan);
        }
        ResolvedTable table = new ResolvedTable(plan, live.get(), registered.get());
        List<RegisteredColumn> opened = terms.concerns().contains(Concern.ROWS) ? table.selected() : List.of();
        WalkedTable walked = new Resolver(means).walked(table, opened);
        return coverage.of(plan, walked);
    }

    private static Optional<RegisteredTable> registered(Transaction tx, TablePlan plan) {
        return LedgerSchema.isInstalled(tx) ? Registry.in(tx).table(plan.name()) : Optional.empty();
    }

    private CoverageReport report(Transaction tx, Plan plan, CoverageTerms terms, Found found) {
        record Place(String database, String at) {}
        Place place = tx.first(
                        PLACE,
                        row -> new Place(
                                row.getString(1),
                                row.getObject(2, OffsetDateTime.class)
                                        .toInstant()
                                        .toString()))
                .orElseThrow();
        return new CoverageReport(
                plan.name(),
                place.database,
                place.at,
                terms.until(),
                List.copyOf(terms.concerns()),
                found.columns,
                unplanned(found.unplanned),
                found.unplanned.notices(),
                terms.concerns().contains(Concern.RESIDUE) ? residue(tx, plan) : List.of());
    }

    /** Of columns that are done; of others plaintext is everywhere, and should be. */
    private static List<Trace> residue(Transaction tx, Plan plan) {
        List<Suspect> suspects = new ArrayList<>();
        for (TablePlan table : plan.tables()) {
            Optional<LiveTable> live = Catalog.in(tx).table(table.name());
            Optional<RegisteredTable> registered = registered(tx, table);
            if (live.isPresent() && registered.isPresent()) {
                List<RegisteredColumn> done = done(table, registered.get());
                if (!done.isEmpty()) {
                    suspects.add(new Suspect(
                            registered.get(), live.get(), done, table.where().isPresent(), table.dispositions()));
                }
            }
        }
        return suspects.isEmpty() ? List.of() : Residue.of(tx, suspects);
    }

    private static List<RegisteredColumn> done(TablePlan plan, RegisteredTable table) {
        Set<String> names = plan.columns().stream().map(c -> c.name()).collect(Collectors.toSet());
        return table.columns().stream()
                .filter(c -> names.contains(c.plaintext().name()))
                .filter(c ->
                        c.phase() == ColumnPhase.CONTRACTED || (c.isInPlace() && c.phase() == ColumnPhase.VERIFIED))
                .toList();
    }
}
