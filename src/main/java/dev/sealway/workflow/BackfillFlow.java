package dev.sealway.workflow;

import dev.sealway.batch.CatchUp;
import dev.sealway.batch.DirtyRows;
import dev.sealway.batch.WalkedTable;
import dev.sealway.crypto.KeysetInfo;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.TransactionSettings;
import dev.sealway.ledger.ColumnPhase;
import dev.sealway.ledger.Keyring;
import dev.sealway.ledger.RegisteredColumn;
import dev.sealway.phase.backfill.Backfill;
import dev.sealway.phase.backfill.BackfillReport;
import dev.sealway.plan.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Backfills table by table; the columns that one change brought in are walked together. */
final class BackfillFlow {

    private final Means means;
    private final Journal journal;
    private final Resolver resolver;

    BackfillFlow(Means means) {
        this.means = means;
        this.journal = new Journal(means);
        this.resolver = new Resolver(means);
    }

    BackfillReport run(Selection selection) {
        return journal.run("backfill", selection, run -> {
            journal.requireKeys();
            Backfill backfill = new Backfill(means.database(), means.walk());
            List<BackfillReport.Table> tables = new ArrayList<>();
            for (ResolvedTable table : resolver.resolve(selection)) {
                for (Map.Entry<Integer, List<RegisteredColumn>> change :
                        byChange(table).entrySet()) {
                    WalkedTable walked = resolver.walked(table, change.getValue());
                    BackfillReport.Table done = backfill.run(walked, change.getKey(), run);
                    count(walked, done.written() + done.caughtUp());
                    tables.add(done);
                }
            }
            return new BackfillReport(tables);
        });
    }

    /** With every column that the change brought in and whose plaintext is there, selected or not. */
    private Map<Integer, List<RegisteredColumn>> byChange(ResolvedTable table) {
        Map<Integer, List<RegisteredColumn>> changes = new TreeMap<>();
        for (RegisteredColumn column : table.withPlaintext()) {
            changes.computeIfAbsent(column.change(), change -> table.registered().columns().stream()
                    .filter(c -> c.change() == change)
                    .filter(c -> c.phase() != ColumnPhase.REGISTERED && c.phase() != ColumnPhase.CONTRACTED)
                    .toList());
        }
        return changes;
    }

    private void count(WalkedTable walked, long rows) {
        Map<String, Long> primaries = means.keys().get().keysets().stream()
                .collect(Collectors.toMap(KeysetInfo::name, KeysetInfo::primaryKeyId));
        Map<String, Long> columns = walked.columns().stream()
                .collect(Collectors.groupingBy(c -> c.registered().keyset(), Collectors.counting()));
        means.database().inTransaction(TransactionSettings.writing(), "counting encryptions", tx -> {
            columns.forEach((keyset, n) -> Keyring.in(tx)
                    .addEncryptions(keyset, primaries.getOrDefault(keyset, 0L), n * rows)
                    .ifPresent(means.progress()::notice));
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
