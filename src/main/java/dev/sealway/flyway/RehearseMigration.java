package dev.sealway.flyway;

import dev.sealway.plan.PlannedMigration.Phase;
import java.util.OptionalInt;

/** Tries the way back from the drop on a copy of a sample, which the drop asks for; fails if a value differs. */
public abstract class RehearseMigration extends SealwayMigration {

    /** The change that the placeholder {@code sealway.change} names, 1 by default. */
    protected RehearseMigration() {
        super(Phase.REHEARSE, OptionalInt.empty());
    }

    /** @param change the change of the plan that this migration carries out */
    protected RehearseMigration(int change) {
        super(Phase.REHEARSE, OptionalInt.of(change));
    }
}
