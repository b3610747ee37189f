package dev.sealway.liquibase;

import dev.sealway.plan.PlannedMigration.Phase;

/** Tries the way back from the drop on a copy of a sample, which the drop asks for; fails if a value differs. */
public final class RehearseChange extends SealwayChange {

    /** For Liquibase, which sets the parameters afterwards. */
    public RehearseChange() {
        super(Phase.REHEARSE, false);
    }
}
