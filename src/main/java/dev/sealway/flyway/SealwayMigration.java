package dev.sealway.flyway;

import dev.sealway.error.SealwayException;
import dev.sealway.migration.Course;
import dev.sealway.migration.DropGate;
import dev.sealway.migration.DropGate.Decision;
import dev.sealway.migration.MigrationRun;
import dev.sealway.migration.MigrationSettings;
import dev.sealway.plan.Plan;
import dev.sealway.plan.PlannedMigration.Phase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogFactory;
import org.flywaydb.core.api.migration.Context;

/**
 * A Flyway migration that carries out phases of a plan; one line in a subclass makes one.
 *
 * <p>It runs as a transactional migration, gives up Flyway's transaction with its first statement and works on
 * connections of its own from Flyway's data source, in many short transactions. So a failure or a kill in the middle
 * leaves no failed row in the schema history: running again continues, without a {@code repair}.
 *
 * <p>Its checksum is that of its change of the plan: comments, layout and other changes leave it alone. The plan and all
 * settings come from placeholders, which {@code docs/how-to/flyway.md} lists.
 */
public abstract class SealwayMigration extends GatedMigration {

    private static final Log LOG = LogFactory.getLog(SealwayMigration.class);

    private final Set<Phase> phases;
    private final OptionalInt change;
    private final Map<String, String> environment;

    SealwayMigration(Phase phase, OptionalInt change) {
        this(Set.of(phase), change, System.getenv());
    }

    /** @param environment where the plan's key provider looks for the key bundle */
    SealwayMigration(Set<Phase> phases, OptionalInt change, Map<String, String> environment) {
        this.phases = Set.copyOf(phases);
        this.change = change;
        this.environment = environment;
    }

    /** Always; that it works outside all the same is told above. */
    @Override
    public final boolean canExecuteInTransaction() {
        return true;
    }

    /** @throws SealwayException if a phase is refused or fails */
    @Override
    public final void migrate(Context context) throws SQLException {
        Configuration configuration = context.getConfiguration();
        if (configuration.isGroup()) {
            throw SealwayException.refused(
                    "%s cannot run with flyway.group=true, which puts all migrations into one ".formatted(script())
                            + "transaction, while a backfill needs many short ones; set it to false");
        }
        endTransaction(context.getConnection());
        Course course = course(configuration);
        if (course.settings().needConcurrentIndexes(phases)) {
            LockSetting.refuseTransactional(configuration.getDataSource());
        }
        step(course, configuration).run(getDescription());
    }

    /** Lets go of the snapshot, which would hold back vacuum and every concurrent index build. */
    private static void endTransaction(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
    }

    @Override
    final Resolution resolve(Configuration configuration) {
        Course course = course(configuration);
        if (course.drops() && getVersion() != null) {
            throw SealwayException.wrongUsage(
                    "%s drops plaintext under a version number, so it could not wait for its confirmation; make it repeatable, R__…"
                            .formatted(script()));
        }
        WaitingLine line = new WaitingLine(LOG, getDescription());
        return new Resolution(
                script(), location(), course.checksum(), () -> !course.drops() || opens(course, configuration, line));
    }

    private boolean opens(Course course, Configuration configuration, WaitingLine line) {
        Decision decision = step(course, configuration).decision();
        if (new DropGate(course, FlywayTool.WORDS).opensAt(decision)) {
            return true;
        }
        line.say(decision);
        return false;
    }

    private MigrationRun step(Course course, Configuration configuration) {
        return MigrationRun.of(
                course,
                new MigrationRun.Surroundings(FlywayTool.WORDS, environment, LOG::info, System::nanoTime),
                configuration.getDataSource());
    }

    Course course(Configuration configuration) {
        MigrationSettings settings = FlywayTool.settings(configuration);
        Plan plan = FlywayTool.plans(configuration).find(settings.plan()).plan();
        return Course.shared(plan, phases, change, settings);
    }

    String script() {
        return getClass().getName();
    }

    String location() {
        return classLocation();
    }
}
