package dev.sealway.liquibase;

import dev.sealway.plan.PlannedMigration.Phase;

/**
 * Drops the plaintext once a person has confirmed it with the phrase in the changelog parameter {@code sealway.confirmDrop};
 * refused without. With {@link DropConfirmed} as a precondition it waits instead, and stops nothing.
 *
 * <p>Its rollback brings the plaintext back from the ciphertexts, and takes everything back.
 */
public final class ContractChange extends SealwayChange {

    /** For Liquibase, which sets the parameters afterwards. */
    public ContractChange() {
        super(Phase.CONTRACT, true);
    }
}
