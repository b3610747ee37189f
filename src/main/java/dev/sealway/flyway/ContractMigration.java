package dev.sealway.flyway;

import dev.sealway.plan.PlannedMigration.Phase;
import java.util.OptionalInt;

/**
 * Drops the plaintext once a person has confirmed it; until then it waits and stops nothing. Must be repeatable:
 * {@code R__Drop_plaintext_columns}.
 *
 * <p>The confirmation is the placeholder {@code sealway.confirmDrop} with the phrase that the log names. A wrong phrase
 * fails the run; no phrase lets it pass, unless {@code sealway.unconfirmedDrop=fail}.
 */
public abstract class ContractMigration extends SealwayMigration {

    /** Everything that the plan names, or the change that the placeholder {@code sealway.change} names. */
    protected ContractMigration() {
        super(Phase.CONTRACT, OptionalInt.empty());
    }

    /** @param change the one change of the plan whose plaintext is dropped */
    protected ContractMigration(int change) {
        super(Phase.CONTRACT, OptionalInt.of(change));
    }
}
