package dev.sealway.flyway;

import dev.sealway.migration.MigrationSettings;
import dev.sealway.migration.PlanPlace;
import dev.sealway.migration.Tool;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.Location;
import org.flywaydb.core.api.configuration.Configuration;

/** What a Flyway configuration says to Sealway, and how messages name it. */
final class FlywayTool {

    static final Tool WORDS = new Tool(
            "placeholder",
            "the placeholder sealway.plan",
            "mvn flyway:migrate \"-Dflyway.placeholders.sealway.confirmDrop=%s\"",
            "a migration of phase rehearse");

    private FlywayTool() {}

    /** @throws dev.sealway.error.SealwayException with every unknown placeholder and every bad value */
    static MigrationSettings settings(Configuration configuration) {
        return MigrationSettings.from(configuration.getPlaceholders(), WORDS);
    }

    /** Under the working directory, then in the {@code filesystem:} locations and above them. */
    static PlanPlace plans(Configuration configuration) {
        return PlanPlace.of(
                Optional.ofNullable(configuration.getWorkingDirectory()).stream()
                        .toList(),
                locations(configuration),
                configuration.getClassLoader(),
                WORDS);
    }

    private static List<String> locations(Configuration configuration) {
        return Arrays.stream(configuration.getLocations())
                .filter(Location::isFileSystem)
                .map(Location::getRootPath)
                .toList();
    }
}
