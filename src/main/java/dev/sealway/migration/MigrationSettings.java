package dev.sealway.migration;

import dev.sealway.plan.PlannedMigration.Phase;
import dev.sealway.workflow.ContractTerms;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the settings of a migration tool say to Sealway.
 *
 * @param plan the plan file: a path, or {@code classpath:} and a resource
 * @param batchSize rows per batch, where it differs from the plan's
 * @param workers ranges of a large table, or small tables of a backfill, that are walked at once, where they are not two
 * @param change the change of the plan for migrations that name none
 * @param backfill whether a backfill is done by the migration, or only looked for
 * @param confirmDrop the phrase that confirms a drop; empty if nobody said one
 * @param unconfirmedDrop what becomes of a drop that nobody confirmed
 * @param soak for how long nobody may have written plaintext alone before a cut over
 * @param skipRehearsal the phrase once more, to drop without a rehearsal of the way back
 * @param offlineCopy where a copy of the key bundle is kept
 */
public record MigrationSettings(
        String plan,
        OptionalInt batchSize,
        OptionalInt workers,
        OptionalInt change,
        Backfill backfill,
        Optional<String> confirmDrop,
        UnconfirmedDrop unconfirmedDrop,
        Duration soak,
        Optional<String> skipRehearsal,
        Optional<String> offlineCopy) {

    public static final String DEFAULT_PLAN = "db/sealway.yaml";

    /** Who does the backfill. */
    public enum Backfill {
        /** The migration itself. */
        INLINE,
        /** Somebody else; the migration only checks that it is complete. */
        REQUIRE
    }

    /** What an unconfirmed drop does to the run it stands in. */
    public enum UnconfirmedDrop {
        /** It says so and waits; the run passes. */
        WAIT,
        /** The run fails. */
        FAIL
    }

    /** @throws dev.sealway.error.SealwayException with every unknown key and every bad value */
    public static MigrationSettings from(Map<String, String> given, Tool tool) {
        return new SettingsReader(given, tool).read();
    }

    /** The names of all settings, as the documentation spells them. */
    public static List<String> names() {
        return SettingsReader.names();
    }

    public ContractTerms contractTerms() {
        return new ContractTerms(confirmDrop.orElse(""), skipRehearsal, offlineCopy);
    }

    /** Whether a migration of these phases builds an index concurrently, which waits for every older snapshot. */
    public boolean needConcurrentIndexes(Set<Phase> phases) {
        return phases.contains(Phase.CONTRACT)
                || phases.contains(Phase.CUT_OVER)
                || (phases.contains(Phase.BACKFILL) && backfill == Backfill.INLINE);
    }
}
