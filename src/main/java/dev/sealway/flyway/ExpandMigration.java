package dev.sealway.flyway;

import dev.sealway.plan.PlannedMigration.Phase;
import java.util.OptionalInt;

/** Adds the encrypted columns of a change of the plan, their shape checks and the guard. */
public abstract class ExpandMigration extends SealwayMigration {

    /** The change that the placeholder {@code sealway.change} names, 1 by default. */
    protected ExpandMigration() {
        super(Phase.EXPAND, OptionalInt.empty());
    }

    /** @param change the change of the plan that this migration carries out */
    protected ExpandMigration(int change) {
        super(Phase.EXPAND, OptionalInt.of(change));
    }
}
