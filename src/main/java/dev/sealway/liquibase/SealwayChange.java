package dev.sealway.liquibase;

import dev.sealway.error.SealwayException;
import dev.sealway.migration.MigrationRun;
import dev.sealway.plan.PlannedMigration.Phase;
import java.util.Map;
import java.util.function.Consumer;
import liquibase.change.CheckSum;
import liquibase.change.custom.CustomChangeChecksum;
import liquibase.change.custom.CustomTaskChange;
import liquibase.change.custom.CustomTaskRollback;
import liquibase.database.Database;
import liquibase.exception.CustomChangeException;
import liquibase.exception.ValidationErrors;
import liquibase.resource.ResourceAccessor;
import org.jspecify.annotations.Nullable;

/**
 * A phase of a plan as a Liquibase change: {@code <customChange class="dev.sealway.liquibase.ExpandChange"/>} in a change
 * set with {@code runInTransaction="false"}.
 *
 * <p>It works on connections of its own, in many short transactions. A failure records nothing, and running again continues.
 * Its checksum is that of its change of the plan: comments, layout and other changes leave it alone. Settings come from
 * changelog parameters, which {@code docs/how-to/liquibase.md} lists; what confirms a drop is never a parameter of the change
 * itself, since it would be part of the checksum.
 */
public abstract class SealwayChange implements CustomTaskChange, CustomTaskRollback, CustomChangeChecksum {

    private final Phase phase;
    private final boolean takesBack;
    private final Map<String, String> environment;
    private final ChangeParams params = new ChangeParams();
    private @Nullable ResourceAccessor files;

    /** @param takesBack whether a rollback of this change is the way back of them all */
    SealwayChange(Phase phase, boolean takesBack) {
        this.phase = phase;
        this.takesBack = takesBack;
        this.environment = System.getenv();
    }

    /** The plan file: a path that Liquibase or the process finds; {@code db/sealway.yaml} by default. */
    public final void setPlan(String path) {
        params.plan(path);
    }

    /** The change of the plan that is carried out: the first by default; a drop takes the whole plan. */
    public final void setChange(String number) {
        params.change(number);
    }

    @Override
    public final void execute(Database database) throws CustomChangeException {
        attempt(database, step -> step.run(name()));
    }

    /** Takes everything back, or nothing: {@link #takesBack} says which. */
    @Override
    public final void rollback(Database database) throws CustomChangeException {
        if (takesBack) {
            attempt(database, this::rollBack);
        } else {
            CurrentChange.now()
                    .tell("%s: nothing to take back on its own; the rollback of expand removes what was added"
                            .formatted(name()));
        }
    }

    private void rollBack(MigrationRun step) {
        step.rollBack(name());
        if (phase != Phase.EXPAND) {
            CurrentChange.now()
                    .tell("%s: the tables are as before expand; roll back the change sets down to it as well"
                            .formatted(name()));
        }
    }

    private void attempt(Database database, Consumer<MigrationRun> work) throws CustomChangeException {
        try {
            CurrentChange current = CurrentChange.now();
            if (SqlOutput.isAllThatIsWanted(database)) {
                SqlOutput.leaveOut(database, name());
                return;
            }
            work.accept(ChangeStep.open(params.course(phase, files, current.settings()), database, environment));
        } catch (SealwayException e) {
            throw new CustomChangeException(e.getMessage(), e);
        }
    }

    /** Looks at everything that can be known before anything runs. */
    @Override
    public final ValidationErrors validate(Database database) {
        ValidationErrors errors = new ValidationErrors();
        try {
            CurrentChange current = CurrentChange.now();
            current.refuseTransaction();
            params.course(phase, files, current.settings()).checksum();
        } catch (SealwayException e) {
            errors.addError(e.getMessage());
        }
        return errors;
    }

    @Override
    public final CheckSum generateChecksum() {
        return CheckSum.compute("sealway:%08x"
                .formatted(
                        params.course(phase, files, CurrentChange.NO_SETTINGS).checksum()));
    }

    @Override
    public final String getConfirmationMessage() {
        return "%s done".formatted(name());
    }

    private String name() {
        return "Sealway's %s%s".formatted(phase.word(), params.changeWords());
    }

    @Override
    public final void setUp() {}

    @Override
    public final void setFileOpener(ResourceAccessor accessor) {
        files = accessor;
    }
}
