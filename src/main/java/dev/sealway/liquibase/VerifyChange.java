package dev.sealway.liquibase;

import dev.sealway.plan.PlannedMigration.Phase;

/** Decrypts every row and compares it with its plaintext; fails if one is wrong. */
public final class VerifyChange extends SealwayChange {

    /** For Liquibase, which sets the parameters afterwards. */
    public VerifyChange() {
        super(Phase.VERIFY, false);
    }
}
