package dev.sealway.liquibase;

import dev.sealway.error.SealwayException;
import dev.sealway.migration.Course;
import dev.sealway.migration.MigrationSettings;
import dev.sealway.plan.Plan;
import dev.sealway.plan.PlannedMigration.Phase;
import java.util.OptionalInt;
import java.util.Set;
import liquibase.resource.ResourceAccessor;
import org.jspecify.annotations.Nullable;

/** What stands in the changelog beside a change: which plan, and which change of it. Not thread-safe. */
final class ChangeParams {

    private String plan = MigrationSettings.DEFAULT_PLAN;
    private @Nullable String change;

    void plan(String path) {
        plan = path;
    }

    void change(String number) {
        change = number;
    }

    /** {@code  of change 2}; empty where no change is named. */
    String changeWords() {
        return change == null ? "" : " of change %s".formatted(change);
    }

    /** @throws SealwayException if there is no such plan, or it has no such change */
    Course course(Phase phase, @Nullable ResourceAccessor files, MigrationSettings settings) {
        Plan found = new PlanResource(files).find(plan).plan();
        return Course.shared(found, Set.of(phase), number(), settings);
    }

    private OptionalInt number() {
        if (change == null) {
            return OptionalInt.empty();
        }
        if (!change.matches("[1-9][0-9]{0,8}")) {
            throw SealwayException.wrongUsage(
                    "the change's param change must be a whole number from 1, as it stands in the plan");
        }
        return OptionalInt.of(Integer.parseInt(change));
    }
}
