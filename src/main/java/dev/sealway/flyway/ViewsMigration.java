package dev.sealway.flyway;

import dev.sealway.plan.PlannedMigration.Phase;
import java.util.OptionalInt;

/** Creates the views that give applications the old shape. */
public abstract class ViewsMigration extends SealwayMigration {

    /** The change that the placeholder {@code sealway.change} names, 1 by default. */
    protected ViewsMigration() {
        super(Phase.VIEWS, OptionalInt.empty());
    }

    /** @param change the change of the plan that this migration carries out */
    protected ViewsMigration(int change) {
        super(Phase.VIEWS, OptionalInt.of(change));
    }
}
