package dev.sealway.liquibase;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import org.junit.jupiter.api.Test;

class CurrentChangeTest {
    private final DatabaseChangeLog changeLog = new DatabaseChangeLog("db/changelog.xml");
    private final ChangeLogParameters parameters = new ChangeLogParameters();
    private final CurrentChange change = new CurrentChange(
            Optional.of(new ChangeSet("1", "shop", false, false, "db/changelog.xml", null, null, changeLog)));

    @Test
    void readsParametersAsTheChangelogAndAsTheEnvironmentSpellThem() {
        parameters.set("sealway.confirmDrop", "drop it");
        parameters.set("SEALWAY_BATCH_SIZE", "250");
        changeLog.setChangeLogParameters(parameters);

        assertThat(change.settings().confirmDrop()).contains("drop it");
        assertThat(change.settings().batchSize()).hasValue(250);
    }

    @Test
    void leavesToTheChangeWhatIsPartOfItsChecksum() {
        parameters.set("sealway.plan", "other.yaml");
        parameters.set("sealway.change", "7");
        changeLog.setChangeLogParameters(parameters);

        assertThat(change.settings()).isEqualTo(CurrentChange.NO_SETTINGS);
    }

    @Test
    void hasDefaultsWhereLiquibaseIsAtNoChange() {
        assertThat(new CurrentChange(Optional.empty()).settings()).isEqualTo(CurrentChange.NO_SETTINGS);
    }

    @Test
    void spellsNamesAsTheEnvironmentDoes() {
        assertThat(CurrentChange.inEnvironment("sealway.confirmDrop")).isEqualTo("SEALWAY_CONFIRM_DROP");
    }
}
