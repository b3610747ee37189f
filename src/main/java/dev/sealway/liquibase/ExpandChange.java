package dev.sealway.liquibase;

import dev.sealway.plan.PlannedMigration.Phase;

/** Adds the encrypted columns, their shape checks and the guard. Its rollback takes everything back: the tables are as before. */
public final class ExpandChange extends SealwayChange {

    /** For Liquibase, which sets the parameters afterwards. */
    public ExpandChange() {
        super(Phase.EXPAND, true);
    }
}
