package dev.sealway.flyway;

import dev.sealway.plan.PlannedMigration.Phase;
import java.util.OptionalInt;

/**
 * Makes the encrypted columns authoritative while the plaintext stays for the way back. Fails while somebody writes
 * plaintext alone; the placeholder {@code sealway.soak} says for how long nobody may have.
 */
public abstract class CutOverMigration extends SealwayMigration {

    /** The change that the placeholder {@code sealway.change} names, 1 by default. */
    protected CutOverMigration() {
        super(Phase.CUT_OVER, OptionalInt.empty());
    }

    /** @param change the change of the plan that this migration carries out */
    protected CutOverMigration(int change) {
        super(Phase.CUT_OVER, OptionalInt.of(change));
    }
}
