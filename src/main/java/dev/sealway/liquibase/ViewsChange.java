package dev.sealway.liquibase;

import dev.sealway.plan.PlannedMigration.Phase;

/** Creates the views that give applications the old shape. */
public final class ViewsChange extends SealwayChange {

    /** For Liquibase, which sets the parameters afterwards. */
    public ViewsChange() {
        super(Phase.VIEWS, false);
    }
}
