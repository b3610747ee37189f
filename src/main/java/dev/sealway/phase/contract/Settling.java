package dev.sealway.phase.contract;

import dev.sealway.batch.CatchUp;
import dev.sealway.batch.TableTask;
import dev.sealway.batch.WalkSettings;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Session;
import java.util.List;

/**
 * Brings what is dirty, and what changed since verify, down to a few rows right before the lock: in turns, because sealing
 * a row changes it, and while changed rows are proven others become dirty.
 */
final class Settling {

    private static final int MOST_ROUNDS = 2_000;

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
        Changed changed = new Changed(order.watched());
        long proven = 0;
        try (Session reads = database.open();
                Session writes = database.open()) {
            for (int round = 1; ; round++) {
                int taken = changed.proveBatch(writes);
                proven += taken;
                long dirty = catchUps.stream()
                        .mapToLong(c -> c.onePass(reads, writes))
                        .sum();
                if ((taken < CatchUp.FEW && dirty < CatchUp.FEW / 2) || round == MOST_ROUNDS) {
                    return proven;
                }
            }
        }
    }
}
