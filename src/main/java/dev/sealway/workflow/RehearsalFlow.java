package dev.sealway.workflow;

import dev.sealway.audit.AuditTrail;
import dev.sealway.jdbc.Transaction;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.ledger.Rehearsals;
import dev.sealway.phase.rehearse.RehearsalReport;
import dev.sealway.phase.rehearse.Rehearse;
import dev.sealway.phase.rehearse.Rehearsed;
import dev.sealway.plan.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rehearses the way back of everything that contract could drop, and writes it down if all of it held. */
final class RehearsalFlow {

    private final Means means;
    private final Journal journal;
    private final Resolver resolver;

    RehearsalFlow(Means means) {
        this.means = means;
        this.journal = new Journal(means);
        this.resolver = new Resolver(means);
    }

    private record Held(ResolvedTable table, List<RegisteredColumn> columns, Rehearsed rehearsed) {}

    /** @param rows of each table's sample, at most */
    RehearsalReport run(Selection selection, int rows) {
        return journal.run("rehearse", selection, run -> {
            journal.requireKeys(selection);
            List<Held> all = new ArrayList<>();
            for (ResolvedTable table : resolver.resolve(selection)) {
                if (InPlace.isInPlace(table)) {
                    means.progress()
                            .notice(
                                    "%s is encrypted in place: its way back is 'sealway rollback' itself, and nothing is dropped"
                                            .formatted(table.live().name()));
                    continue;
                }
                List<RegisteredColumn> columns = Gates.requireAtLeast(table, ColumnPhase.VERIFIED, "verify");
                if (!columns.isEmpty()) {
                    Rehearse rehearse = new Rehearse(means.database(), means.walk());
                    all.add(new Held(table, columns, rehearse.run(resolver.walked(table, columns), rows)));
                }
            }
            RehearsalReport report = new RehearsalReport(
                    all.stream().map(h -> h.rehearsed().table()).toList());
            if (report.passed()) {
                writeDown(all, run);
            }
            return report;
        });
    }

    private void writeDown(List<Held> all, long run) {
        means.database().inTransaction(TransactionSettings.writing(), "writing down the rehearsal", tx -> {
            all.forEach(h -> writeDown(tx, h, run));
            return null;
        });
    }

    private static void writeDown(Transaction tx, Held held, long run) {
        RehearsalReport.Table table = held.rehearsed.table();
        Rehearsals.in(tx)
                .record(held.table.registered(), held.columns, run, table.rows(), held.rehearsed.fingerprint());
        AuditTrail.in(tx)
                .append(
                        run,
                        "way_back.rehearsed",
                        Map.of(
                                "table",
                                table.name().toString(),
                                "columns",
                                table.columns(),
                                "rows",
                                table.rows(),
                                "compared",
                                table.compared(),
                                "definitions",
                                table.definitions(),
                                "untried",
                                table.untried()));
    }
}
