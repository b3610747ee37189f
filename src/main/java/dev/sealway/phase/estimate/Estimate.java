package dev.sealway.phase.estimate;

import dev.sealway.batch.RowCount;
import dev.sealway.batch.Trial;
import dev.sealway.batch.Trial.Cost;
import dev.sealway.batch.WalkSettings;
import dev.sealway.batch.WalkedTable;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Session;
import java.time.Duration;
import java.util.List;

/** Tries batches of several sizes, and reckons from the best of them what the whole table will cost. Thread-safe. */
public final class Estimate {

    private static final List<Integer> BATCH_SIZES = List.of(1_000, 5_000, 10_000);

    private final Database database;
    private final WalkSettings settings;

    public Estimate(Database database, WalkSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    public EstimateReport.Table run(WalkedTable table) {
        long rows = rows(table);
        Trial trial = new Trial(database, table, settings);
        Cost best = new Cost(0, 0, 0, 0, 0);
        int bestSize = settings.batchSize();
        long sampled = 0;
        for (int size : BATCH_SIZES) {
            Cost cost = trial.of(size);
            sampled = Math.max(sampled, cost.rows());
            if (cost.rows() > 0 && (best.rows() == 0 || cost.nanosPerRow() < best.nanosPerRow())) {
                best = cost;
                bestSize = size;
            }
            if (cost.rows() < size) {
                break;
            }
        }
        return new EstimateReport.Table(
                table.live().tableName(),
                rows,
                sampled,
                Duration.ofNanos(Math.round(best.nanosPerRow() * rows)),
                scaled(best.growth(), best, rows),
                scaled(best.wal(), best, rows),
                bestSize);
    }

    private static long scaled(long ofSample, Cost sample, long rows) {
        return sample.rows() == 0 ? 0 : Math.round((double) ofSample / sample.rows() * rows);
    }

    private long rows(WalkedTable table) {
        try (Session session = database.open()) {
            return RowCount.of(session, table.live());
        }
    }
}
