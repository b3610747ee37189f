package dev.sealway.flyway;

import dev.sealway.error.SealwayException;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.Configuration;

/**
 * The name of a plan file in a migration folder, read with Flyway's own prefixes and separator: {@code
 * V7__Seal_users.sealway.yaml}, {@code R__Drop_plaintext.sealway.yaml}.
 *
 * @param version empty if it is repeatable
 */
record PlanFileName(Optional<MigrationVersion> version, String description) {

    static final String SUFFIX = ".sealway.yaml";

    /**
     * Empty if the name begins with neither prefix.
     *
     * @throws SealwayException if it begins so, and does not go on as a migration's name does
     */
    static Optional<PlanFileName> parse(String fileName, Configuration configuration) {
        String stem = fileName.substring(0, fileName.length() - SUFFIX.length());
        String versioned = configuration.getSqlMigrationPrefix();
        String repeatable = configuration.getRepeatableSqlMigrationPrefix();
        String separator = configuration.getSqlMigrationSeparator();
        if (isLonger(repeatable, versioned) && stem.startsWith(repeatable) || !stem.startsWith(versioned)) {
            return stem.startsWith(repeatable)
                    ? Optional.of(repeatable(fileName, stem.substring(repeatable.length()), separator))
                    : Optional.empty();
        }
        return Optional.of(versioned(fileName, stem.substring(versioned.length()), separator));
    }

    private static boolean isLonger(String one, String other) {
        return one.length() > other.length();
    }

    private static PlanFileName repeatable(String fileName, String rest, String separator) {
        if (!rest.startsWith(separator)) {
            throw refused(fileName, "a repeatable migration has no version: R%s<description>%s", separator);
        }
        return new PlanFileName(Optional.empty(), description(rest.substring(separator.length())));
    }

    private static PlanFileName versioned(String fileName, String rest, String separator) {
        int end = rest.indexOf(separator);
        if (end <= 0) {
            throw refused(fileName, "a migration has a version and a description: V7%s<description>%s", separator);
        }
        try {
            MigrationVersion version = MigrationVersion.fromVersion(rest.substring(0, end));
            return new PlanFileName(Optional.of(version), description(rest.substring(end + separator.length())));
        } catch (FlywayException noVersion) {
            throw refused(fileName, "its version is not a number such as 7 or 7.1: V7%s<description>%s", separator);
        }
    }

    private static String description(String words) {
        return words.replace('_', ' ');
    }

    private static SealwayException refused(String fileName, String law, String separator) {
        return SealwayException.wrongUsage(
                "%s is not named as a migration; %s".formatted(fileName, law.formatted(separator, SUFFIX)));
    }
}
