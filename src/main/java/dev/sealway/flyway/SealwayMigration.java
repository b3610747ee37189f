package dev.sealway.flyway;

import dev.sealway.Sealway;
import dev.sealway.error.SealwayException;
import dev.sealway.flyway.DropGate.Decision;
import dev.sealway.flyway.DropGate.GoesAhead;
import dev.sealway.flyway.DropGate.HasNothingToDo;
import dev.sealway.flyway.DropGate.Waits;
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
        if (course.placeholders().needConcurrentIndexes(phases)) {
            LockSetting.refuseTransactional(configuration.getDataSource());
        }
        Sealway sealway = sealway(course, configuration);
        try {
            run(sealway, course);
        } finally {
            sealway.audit().written().ifPresent(head -> LOG.info("%s: %s".formatted(getDescription(), head)));
        }
    }

    private void run(Sealway sealway, Course course) {
        PhaseRunner runner = new PhaseRunner(sealway, course, LOG);
        if (course.drops()) {
            drop(runner, new DropGate(course).decide(sealway.status(course.selection())));
        } else {
            course.inOrder().forEach(runner::run);
        }
    }

    /** Lets go of the snapshot, which would hold back vacuum and every concurrent index build. */
    private static void endTransaction(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
    }

    private void drop(PhaseRunner runner, Decision decision) {
        if (decision instanceof GoesAhead) {
            runner.run(Phase.CONTRACT);
        } else if (decision instanceof Waits waits) {
            throw SealwayException.refused("%s is not confirmed: %s".formatted(script(), waits.why()));
        } else if (decision instanceof HasNothingToDo) {
            LOG.info("%s: no plaintext is left to drop".formatted(getDescription()));
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
        DropGate gate = new DropGate(course);
        Decision decision = gate.decide(sealway(course, configuration).status(course.selection()));
        if (gate.opensAt(decision)) {
            return true;
        }
        line.say(decision);
        return false;
    }

    private Sealway sealway(Course course, Configuration configuration) {
        Sealway.Builder builder =
                Sealway.plan(course.plan()).environment(environment).progress(new LogProgress(LOG, System::nanoTime));
        course.placeholders().batchSize().ifPresent(builder::batchSize);
        return builder.on(configuration.getDataSource());
    }

    Course course(Configuration configuration) {
        SealwayPlaceholders placeholders = SealwayPlaceholders.from(configuration.getPlaceholders());
        PlanText text = PlanPlace.of(configuration).find(placeholders.plan());
        return Course.shared(text.plan(), phases, change, placeholders);
    }

    String script() {
        return getClass().getName();
    }

    String location() {
        return classLocation();
    }
}
