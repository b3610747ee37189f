package dev.sealway.phase.restore;

import dev.sealway.audit.AuditTrail;
import dev.sealway.backup.BackupReader;
import dev.sealway.backup.CheckedBackup;
import dev.sealway.batch.HeldRow;
import dev.sealway.batch.Repair;
import dev.sealway.batch.Repair.Fate;
import dev.sealway.batch.WalkedTable;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Session;
import dev.sealway.jdbc.Transaction;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a backup to its end, then row by row holds it against the table, and at the very end writes what has to be put back,
 * in one transaction. A file that is not whole, or changes meanwhile, restores nothing. Thread-safe.
 */
public final class Restore {

    private static final int AT_ONCE = 500;

    private final Database database;

    public Restore(Database database) {
        this.database = database;
    }

    /**
     * What is to be restored.
     *
     * @param table with the columns to look at
     * @param places of each of these columns among the values of the backup's rows
     * @param left names of the backup's columns that are left alone
     * @param fillEmptied see {@link Repair}
     * @param dryRun whether nothing is written
     */
    public record Order(
            WalkedTable table, List<Integer> places, List<String> left, boolean fillEmptied, boolean dryRun) {

        public Order {
            places = List.copyOf(places);
            left = List.copyOf(left);
        }
    }

    public RestoreReport run(BackupReader backup, Order order, long runId) {
        try (Session session = database.open()) {
            Repair repair = new Repair(session, order.table(), order.fillEmptied());
            repair.begin();
            Looking looking = new Looking(repair);
            CheckedBackup read = backup.each((key, values) -> {
                byte[][] held = new byte[order.places().size()][];
                for (int c = 0; c < held.length; c++) {
                    byte[] value = values[order.places().get(c)];
                    held[c] = value == null ? null : value.clone();
                }
                looking.take(new HeldRow(key, held));
            });
            looking.finish();
            if (order.dryRun()) {
                return looking.report(order, read, looking.staged);
            }
            long written = repair.write((tx, rows) -> record(tx, order, read, rows, runId));
            return looking.report(order, read, written);
        }
    }

    private static void record(Transaction tx, Order order, CheckedBackup read, long rows, long runId) {
        AuditTrail.in(tx)
                .append(
                        runId,
                        "rows.restored",
                        Map.of(
                                "table",
                                order.table().name().toString(),
                                "backup",
                                read.facts().description().id(),
                                "rows",
                                rows));
    }

    /** Gathers rows and counts what became of them. */
    private static final class Looking {

        private final Repair repair;
        private final List<HeldRow> waiting = new ArrayList<>();
        private final Map<Fate, Long> fates = new EnumMap<>(Fate.class);
        private long staged;

        Looking(Repair repair) {
            this.repair = repair;
        }

        void take(HeldRow row) {
            waiting.add(row);
            if (waiting.size() == AT_ONCE) {
                finish();
            }
        }

        void finish() {
            try {
                Repair.Looked looked = repair.look(waiting);
                looked.values().forEach((fate, values) -> fates.merge(fate, values, Long::sum));
                staged += looked.stagedRows();
            } finally {
                waiting.forEach(HeldRow::forget);
                waiting.clear();
            }
        }

        RestoreReport report(Order order, CheckedBackup read, long written) {
            return new RestoreReport(
                    order.table().live().tableName(),
                    order.table().columns().stream()
                            .map(c -> c.plaintext().name())
                            .toList(),
                    order.left(),
                    read.facts().rows(),
                    written,
                    fates.getOrDefault(Fate.STAGED, 0L),
                    fates.getOrDefault(Fate.KEPT, 0L),
                    fates.getOrDefault(Fate.EMPTIED, 0L),
                    fates.getOrDefault(Fate.MISSING, 0L),
                    staged - written);
        }
    }
}
