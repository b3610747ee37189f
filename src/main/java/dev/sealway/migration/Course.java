package dev.sealway.migration;

import dev.sealway.plan.Plan;
import dev.sealway.plan.PlannedMigration;
import dev.sealway.plan.PlannedMigration.Phase;
import dev.sealway.plan.Selection;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What one migration has to do.
 *
 * @param change the change of the plan; empty for all of it
 */
public record Course(Plan plan, Set<Phase> phases, OptionalInt change, MigrationSettings settings) {

    private static final int FIRST_CHANGE = 1;

    public Course {
        phases = Set.copyOf(phases);
    }

    /**
     * For a migration on a plan that several share. Where it names no change, the setting does, and otherwise it is
     * the first; but a drop is about everything that is still there.
     */
    public static Course shared(Plan plan, Set<Phase> phases, OptionalInt asked, MigrationSettings settings) {
        OptionalInt change = asked.isPresent() ? asked : settings.change();
        boolean drops = phases.contains(Phase.CONTRACT);
        return new Course(plan, phases, change.isPresent() || drops ? change : OptionalInt.of(FIRST_CHANGE), settings);
    }

    /** For a migration that holds its own plan. */
    public static Course own(Plan plan, Set<Phase> phases, OptionalInt asked, MigrationSettings settings) {
        return new Course(plan, phases, asked, settings);
    }

    public List<Phase> inOrder() {
        return phases.stream().sorted().toList();
    }

    public boolean drops() {
        return phases.contains(Phase.CONTRACT);
    }

    public Selection selection() {
        return change.isPresent() ? Selection.ofChange(change.getAsInt()) : Selection.ALL;
    }

    /** @throws dev.sealway.error.SealwayException if the plan has no such change */
    public int checksum() {
        plan.select(selection());
        return PlannedMigration.checksum(plan, phases, change);
    }
}
