package dev.sealway.phase.contract;

import dev.sealway.batch.CatchUp;
import dev.sealway.batch.WalkSettings;
import dev.sealway.batch.WalkedTable;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Session;

/**
 * Brings what is dirty, and what changed since verify, down to a few rows right before the lock: in turns, because sealing
 * a row changes it, and while changed rows are proven others become dirty.
 */
final class Settling {

    private static final int MOST_ROUNDS = 2_000;

    private final Database database;
    private final WalkedTable table;
    private final WalkSettings settings;

    Settling(Database database, WalkedTable table, WalkSettings settings) {
        this.database = database;
        this.table = table;
        this.settings = settings;
    }

    /** @return how many changed rows were proven; whether few enough are left is for the barrier to say */
    long run() {
        CatchUp catchUp = new CatchUp(database, table, settings);
        Changed changed = new Changed(table);
        long proven = 0;
        try (Session reads = database.open();
                Session writes = database.open()) {
            for (int round = 1; ; round++) {
                int taken = changed.proveBatch(writes);
                proven += taken;
                long dirty = catchUp.onePass(reads, writes);
                if ((taken < CatchUp.FEW && dirty < CatchUp.FEW / 2) || round == MOST_ROUNDS) {
                    return proven;
                }
            }
        }
    }
}
