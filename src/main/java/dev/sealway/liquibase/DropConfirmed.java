package dev.sealway.liquibase;

import dev.sealway.error.SealwayException;
import dev.sealway.migration.DropGate.Waits;
import dev.sealway.plan.PlannedMigration.Phase;
import java.util.Map;
import liquibase.Scope;
import liquibase.database.Database;
import liquibase.exception.CustomPreconditionErrorException;
import liquibase.exception.CustomPreconditionFailedException;
import liquibase.precondition.CustomPrecondition;

/**
 * Whether a person confirmed the drop, as the precondition of a {@link ContractChange}: with {@code onFail="CONTINUE"} the
 * drop waits, is told with its phrase, and stops nothing. Takes the same params as the change.
 */
public final class DropConfirmed implements CustomPrecondition {

    private final Map<String, String> environment;
    private final ChangeParams params = new ChangeParams();

    /** For Liquibase, which sets the parameters afterwards. */
    public DropConfirmed() {
        this.environment = System.getenv();
    }

    /** As {@link SealwayChange#setPlan}. */
    public void setPlan(String path) {
        params.plan(path);
    }

    /** As {@link SealwayChange#setChange}. */
    public void setChange(String number) {
        params.change(number);
    }

    /** Changes nothing. */
    @Override
    public void check(Database database) throws CustomPreconditionFailedException, CustomPreconditionErrorException {
        try {
            CurrentChange current = CurrentChange.now();
            var course =
                    params.course(Phase.CONTRACT, Scope.getCurrentScope().getResourceAccessor(), current.settings());
            if (ChangeStep.reading(course, database, environment).decision() instanceof Waits waits) {
                String why = "the drop waits: %s".formatted(waits.why());
                current.tell(why);
                throw new CustomPreconditionFailedException(why);
            }
        } catch (SealwayException e) {
            throw new CustomPreconditionErrorException(e.getMessage(), e);
        }
    }
}
