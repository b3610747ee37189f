package dev.sealway.flyway;

import dev.sealway.plan.PlannedMigration.Phase;
import java.util.OptionalInt;

/** Decrypts every row and compares it with its plaintext; fails if one is wrong. */
public abstract class VerifyMigration extends SealwayMigration {

    /** The change that the placeholder {@code sealway.change} names, 1 by default. */
    protected VerifyMigration() {
        super(Phase.VERIFY, OptionalInt.empty());
    }

    /** @param change the change of the plan that this migration carries out */
    protected VerifyMigration(int change) {
        super(Phase.VERIFY, OptionalInt.of(change));
    }
}
