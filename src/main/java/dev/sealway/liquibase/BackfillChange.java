package dev.sealway.liquibase;

import dev.sealway.plan.PlannedMigration.Phase;

/** Encrypts every row, or with {@code sealway.backfill=require} only checks that it was done elsewhere. */
public final class BackfillChange extends SealwayChange {

    /** For Liquibase, which sets the parameters afterwards. */
    public BackfillChange() {
        super(Phase.BACKFILL, false);
    }
}
