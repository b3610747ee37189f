package dev.sealway.flyway;

import dev.sealway.error.SealwayException;
import dev.sealway.migration.Course;
import dev.sealway.migration.MigrationSettings;
import dev.sealway.plan.Plan;
import dev.sealway.plan.PlannedMigration;
import dev.sealway.plan.PlannedMigration.File;
import dev.sealway.plan.PlannedMigration.Inline;
import dev.sealway.plan.PlannedMigration.Phase;
import java.util.Map;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/** A migration that is a plan file, without a class of its own. */
final class PlanFileMigration extends SealwayMigration {

    private final PlanFileName name;
    private final LoadableResource file;
    private final PlannedMigration migration;

    /** @throws SealwayException if a drop has a version, or something else has none */
    PlanFileMigration(
            PlanFileName name, LoadableResource file, PlannedMigration migration, Map<String, String> environment) {
        super(migration.phases(), migration.change(), environment);
        this.name = name;
        this.file = file;
        this.migration = migration;
        boolean drops = migration.phases().contains(Phase.CONTRACT);
        if (!drops && name.version().isEmpty()) {
            throw SealwayException.wrongUsage(
                    "%s is repeatable, and only a drop is; write phases: [contract], or name it V…"
                            .formatted(file.getFilename()));
        }
    }

    /** Flyway's base class would take version and description from the name of the class. */
    @Override
    protected void init() {}

    @Override
    public @Nullable MigrationVersion getVersion() {
        return name.version().orElse(null);
    }

    @Override
    public String getDescription() {
        return name.description();
    }

    @Override
    Course course(Configuration configuration) {
        MigrationSettings settings = FlywayTool.settings(configuration);
        if (migration.source() instanceof Inline inline) {
            return Course.own(inline.plan(), migration.phases(), migration.change(), settings);
        }
        Plan plan = FlywayTool.plans(configuration)
                .find(((File) migration.source()).path())
                .plan();
        return Course.shared(plan, migration.phases(), migration.change(), settings);
    }

    @Override
    String script() {
        return file.getRelativePath();
    }

    @Override
    String location() {
        return file.getAbsolutePathOnDisk();
    }
}
