package dev.sealway.flyway;

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
record Course(Plan plan, Set<Phase> phases, OptionalInt change, SealwayPlaceholders placeholders) {

    private static final int FIRST_CHANGE = 1;

    Course {
        phases = Set.copyOf(phases);
    }

    /**
     * For a migration on a plan that several share. Where it names no change, the placeholder does, and otherwise it is
     * the first; but a drop is about everything that is still there.
     */
    static Course shared(Plan plan, Set<Phase> phases, OptionalInt asked, SealwayPlaceholders placeholders) {
        OptionalInt change = asked.isPresent() ? asked : placeholders.change();
        boolean drops = phases.contains(Phase.CONTRACT);
        return new Course(
                plan, phases, change.isPresent() || drops ? change : OptionalInt.of(FIRST_CHANGE), placeholders);
    }

    /** For a migration that holds its own plan. */
    static Course own(Plan plan, Set<Phase> phases, OptionalInt asked, SealwayPlaceholders placeholders) {
        return new Course(plan, phases, asked, placeholders);
    }

    List<Phase> inOrder() {
        return phases.stream().sorted().toList();
    }

    boolean drops() {
        return phases.contains(Phase.CONTRACT);
    }

    Selection selection() {
        return change.isPresent() ? Selection.ofChange(change.getAsInt()) : Selection.ALL;
    }

    /** @throws dev.sealway.error.SealwayException if the plan has no such change */
    int checksum() {
        plan.select(selection());
        return PlannedMigration.checksum(plan, phases, change);
    }
}
