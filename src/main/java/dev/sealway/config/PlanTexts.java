package dev.sealway.config;

import dev.sealway.plan.Plan;
import dev.sealway.plan.PlannedMigration;
import dev.sealway.planfile.MigrationFileReader;
import dev.sealway.planfile.PlanReader;

/** Reads plans that are not files of their own: resources of a jar, files that a migration tool found. */
public final class PlanTexts {

    private PlanTexts() {}

    /**
     * @param source names the text in messages
     * @throws dev.sealway.plan.PlanRefusedException with every fault
     */
    public static Plan plan(String text, String source) {
        return PlanReader.read(text, source);
    }

    /**
     * Reads what stands in a migration folder.
     *
     * @param source names the text in messages
     * @throws dev.sealway.plan.PlanRefusedException with every fault
     */
    public static PlannedMigration migration(String text, String source) {
        return MigrationFileReader.read(text, source);
    }
}
