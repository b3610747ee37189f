package dev.sealway.flyway;

import dev.sealway.plan.PlannedMigration.Phase;
import java.util.OptionalInt;

/** Encrypts every row, or with {@code sealway.backfill=require} only checks that it was done elsewhere. */
public abstract class BackfillMigration extends SealwayMigration {

    /** The change that the placeholder {@code sealway.change} names, 1 by default. */
    protected BackfillMigration() {
        super(Phase.BACKFILL, OptionalInt.empty());
    }

    /** @param change the change of the plan that this migration carries out */
    protected BackfillMigration(int change) {
        super(Phase.BACKFILL, OptionalInt.of(change));
    }
}
