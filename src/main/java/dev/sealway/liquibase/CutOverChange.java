package dev.sealway.liquibase;

import dev.sealway.plan.PlannedMigration.Phase;

/**
 * Makes the encrypted columns authoritative while the plaintext stays for the way back. Fails while somebody writes plaintext
 * alone; the parameter {@code sealway.soak} says for how long nobody may have. Its rollback fills the plaintext and takes
 * everything back.
 */
public final class CutOverChange extends SealwayChange {

    /** For Liquibase, which sets the parameters afterwards. */
    public CutOverChange() {
        super(Phase.CUT_OVER, true);
    }
}
