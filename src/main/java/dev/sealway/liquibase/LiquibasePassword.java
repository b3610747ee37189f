package dev.sealway.liquibase;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import liquibase.Scope;
import liquibase.configuration.ConfigurationValueObfuscator;
import liquibase.configuration.LiquibaseConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The password that Liquibase was configured with, where that can be seen: on its command line, in its properties file, in
 * its environment, in the Maven plugin. An application that hands Liquibase a connection keeps it to itself.
 */
final class LiquibasePassword {

    /** Where the Maven plugin tells what it was configured with. */
    private static final String MAVEN = "mavenConfigurationProperties";

    private LiquibasePassword() {}

    static Optional<String> find() {
        Scope scope = Scope.getCurrentScope();
        return Stream.of(configured(scope), maven(scope))
                .flatMap(Optional::stream)
                .map(String::valueOf)
                .findFirst();
    }

    /** Hidden from Liquibase's log, which would tell what it found. */
    private static Optional<Object> configured(Scope scope) {
        return Optional.ofNullable(scope.getSingleton(LiquibaseConfiguration.class)
                .getCurrentConfiguredValue(
                        null, ConfigurationValueObfuscator.STANDARD, "liquibase.command.password", "liquibase.password")
                .getValue());
    }

    private static Optional<Object> maven(Scope scope) {
        @Nullable Map<?, ?> properties = scope.get(MAVEN, Map.class);
        return Optional.ofNullable(properties).map(p -> p.get("password"));
    }
}
