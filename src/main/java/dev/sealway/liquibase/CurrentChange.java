package dev.sealway.liquibase;

import dev.sealway.error.SealwayException;
import dev.sealway.migration.MigrationSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import liquibase.Scope;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.ChangeSet;

/**
 * The change set that Liquibase is at, as its scope knows it: the only way to the changelog's parameters for a change.
 *
 * @param changeSet empty where Liquibase is at none, such as when it sums up
 */
record CurrentChange(Optional<ChangeSet> changeSet) {

    static final MigrationSettings NO_SETTINGS = MigrationSettings.from(Map.of(), LiquibaseTool.WORDS);

    /** Settings of the Flyway placeholders that are params of the change here, or a precondition. */
    private static final List<String> OTHERWISE = List.of("sealway.plan", "sealway.change", "sealway.unconfirmedDrop");

    static CurrentChange now() {
        return new CurrentChange(
                Optional.ofNullable(Scope.getCurrentScope().get(Scope.Attr.changeSet.name(), ChangeSet.class)));
    }

    /** The names of all settings, as the documentation spells them. */
    static List<String> names() {
        return MigrationSettings.names().stream()
                .filter(name -> !OTHERWISE.contains(name))
                .toList();
    }

    /** @throws SealwayException with every bad value */
    MigrationSettings settings() {
        Map<String, String> given = new LinkedHashMap<>();
        names().forEach(name -> value(name).ifPresent(value -> given.put(name, value)));
        return MigrationSettings.from(given, LiquibaseTool.WORDS);
    }

    /** Liquibase puts system properties and the environment among the parameters, as they are spelt. */
    private Optional<String> value(String name) {
        return Stream.of(name, inEnvironment(name))
                .map(this::parameter)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> parameter(String key) {
        return changeSet.flatMap(set -> Optional.ofNullable(set.getChangeLog())
                .map(log -> log.getChangeLogParameters())
                .map((ChangeLogParameters parameters) -> parameters.getValue(key, set.getChangeLog()))
                .map(String::valueOf));
    }

    /** {@code SEALWAY_CONFIRM_DROP} for {@code sealway.confirmDrop}. */
    static String inEnvironment(String name) {
        return name.replace(".", "_").replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    }

    /** @throws SealwayException if Liquibase would keep a transaction open around the change */
    void refuseTransaction() {
        if (changeSet.filter(ChangeSet::isRunInTransaction).isPresent()) {
            throw inTransaction();
        }
    }

    SealwayException inTransaction() {
        return SealwayException.refused(
                """
                the change set %s would keep a transaction open for as long as it runs: CREATE INDEX CONCURRENTLY would wait for \
                it for ever, and vacuum could remove nothing; write <changeSet … runInTransaction="false">; nothing was changed\
                """.formatted(changeSet.map(set -> set.toString(false)).orElse("")));
    }

    /** To the people who run Liquibase. */
    void tell(String line) {
        Scope.getCurrentScope().getUI().sendMessage(line);
    }
}
