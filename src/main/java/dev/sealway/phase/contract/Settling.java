package dev.sealway.phase.contract;

import dev.sealway.batch.CatchUp;
import dev.sealway.batch.TableTask;
import dev.sealway.batch.WalkSettings;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Session;
import dev.sealway.proof.ChangedRows;
import java.util.List;

/**
 * Brings what is dirty, and what changed since verify, down to a few rows right before the lock: in turns, because sealing
 * a row changes it, and while changed rows are proven others become dirty.
 */
final class Settling {

    private static final int MOST_ROUNDS = 2_000;

    /** Rounds with only a few rows left, where none may be left behind the lock. */
    private static final int MOST_LAST_ROUNDS = 50;

    private final Database database;
    private final DropOrder order;
    private final WalkSettings settings;

    Settling(Database database, DropOrder order, WalkSettings settings) {
        this.database = database;
        this.order = order;
        this.settings = settings;
    }

    /** @return how many changed rows were proven; whether few enough are left is for the barrier to say */
    long run() {
        // each change has an index on its own dirty rows; there is none on those of several
        List<CatchUp> catchUps = order.table().byChange().stream()
                .map(change -> new CatchUp(database, TableTask.sealing(change), settings))
                .toList();
        ChangedRows changed = new ChangedRows(order.watched(), "nothing is dropped");
        long proven = 0;
        try (Session reads = database.open();
                Session writes = database.open()) {
            int last = 0;
            for (int round = 1; ; round++) {
                long dirty = catchUps.stream()
                        .mapToLong(c -> c.onePass(reads, writes))
                        .sum();
                int taken = changed.proveBatch(writes);
                proven += taken;
                boolean few = taken < CatchUp.FEW && dirty < CatchUp.FEW / 2;
                last += few ? 1 : 0;
                if (isSettled(few, taken + dirty, last) || round == MOST_ROUNDS) {
                    return proven;
                }
            }
        }
    }

    /** Sealed rows are among the changed ones, so that none were sealed in a round that proved none. */
    private boolean isSettled(boolean few, long left, int lastRounds) {
        return order.watched().isSealedAfar() ? left == 0 || lastRounds == MOST_LAST_ROUNDS : few;
    }
}
