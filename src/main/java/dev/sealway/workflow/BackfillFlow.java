package dev.sealway.workflow;

import dev.sealway.batch.CatchUp;
import dev.sealway.batch.DirtyRows;
import dev.sealway.batch.WalkedColumn;
import dev.sealway.batch.WalkedTable;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.Keyring;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.phase.backfill.Backfill;
import dev.sealway.phase.backfill.BackfillReport;
import dev.sealway.plan.Selection;
import dev.sealway.workflow.InPlaceGate.Stretch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Backfills the tables of a plan; the columns that one change brought in are walked together. */
final class BackfillFlow {

    private final Means means;
    private final Journal journal;
    private final Resolver resolver;

    BackfillFlow(Means means) {
        this.means = means;
        this.journal = new Journal(means);
        this.resolver = new Resolver(means);
    }

    /** @param withoutBackup why tables in place may be encrypted without a backup; empty if they may not */
    BackfillReport run(Selection selection, Optional<String> withoutBackup) {
        return journal.run("backfill", selection, run -> {
            journal.requireKeys(selection);
            List<Stretch> stretches = stretches(selection);
            new InPlaceGate(means).pass(stretches, withoutBackup, run);
            return new Backfill(means.database(), means.walk(), run, this::count)
                    .run(stretches.stream()
                            .map(s -> new Backfill.Part(s.walked(), s.change()))
                            .toList());
        });
    }

    private List<Stretch> stretches(Selection selection) {
        List<Stretch> stretches = new ArrayList<>();
        for (ResolvedTable table : resolver.resolve(selection)) {
            byChange(table)
                    .forEach((change, columns) ->
                            stretches.add(new Stretch(table, resolver.walked(table, columns), change)));
        }
        return stretches;
    }

    /** With every column that the change brought in and whose plaintext is there, selected or not. */
    private Map<Integer, List<RegisteredColumn>> byChange(ResolvedTable table) {
        Map<Integer, List<RegisteredColumn>> changes = new TreeMap<>();
        for (RegisteredColumn column : table.withPlaintext()) {
            changes.computeIfAbsent(column.change(), change -> table.registered().columns().stream()
                    .filter(c -> c.change() == change)
                    .filter(c ->
                            c.phase() != ColumnPhase.REGISTERED && c.phase().hasPlaintext())
                    .toList());
        }
        return changes;
    }

    /** Always in the order of their names: others count the same keys at the same time. */
    private void count(Database database, WalkedTable walked, long rows) {
        KeyCheck keys = new KeyCheck(means);
        List<RegisteredColumn> columns = walked.columns().stream()
                .map(WalkedColumn::registered)
                .sorted(Comparator.comparing(RegisteredColumn::keyset))
                .toList();
        List<Long> primaries = columns.stream().map(keys::primary).toList();
        database.inTransaction(TransactionSettings.writing(), "counting encryptions", tx -> {
            for (int c = 0; c < columns.size(); c++) {
                Keyring.in(tx)
                        .addEncryptions(columns.get(c).keyset(), primaries.get(c), rows)
                        .ifPresent(means.progress()::notice);
            }
            return null;
        });
    }

    /** Complete means: every column says so, and a fresh look finds no dirty row that the walk is to see, or so few that contract seals them. */
    void require(Selection selection) {
        new Resolver(means).rebind();
        for (ResolvedTable table : resolver.resolve(selection)) {
            List<RegisteredColumn> columns = Gates.requireAtLeast(table, ColumnPhase.BACKFILLED, "backfill");
            if (columns.isEmpty()) {
                continue;
            }
            WalkedTable walked = resolver.walked(table, columns);
            long dirty = means.database()
                    .inTransaction(
                            TransactionSettings.reading(),
                            "counting dirty rows of %s".formatted(walked.name()),
                            tx -> DirtyRows.countWalked(tx, walked, 10_000));
            if (dirty > CatchUp.FEW) {
                throw SealwayException.refused(
                        "the backfill of %s is not complete: %d rows are not encrypted (counted up to 10000); run 'sealway backfill'"
                                .formatted(walked.name(), dirty));
            }
        }
    }
}
