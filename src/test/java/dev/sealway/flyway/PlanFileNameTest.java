package dev.sealway.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import java.util.Optional;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanFileNameTest {
    private static final Configuration STANDARD = new FluentConfiguration();

    @Test
    void readsVersionAndDescription() {
        assertThat(PlanFileName.parse("V7_1__Seal_users.sealway.yaml", STANDARD))
                .contains(new PlanFileName(Optional.of(MigrationVersion.fromVersion("7.1")), "Seal users"));
        assertThat(PlanFileName.parse("R__Drop_plaintext.sealway.yaml", STANDARD))
                .contains(new PlanFileName(Optional.empty(), "Drop plaintext"));
    }

    @Test
    void followsPrefixesAndSeparatorOfTheConfiguration() {
        Configuration own = new FluentConfiguration()
                .sqlMigrationPrefix("mig")
                .repeatableSqlMigrationPrefix("migrep")
                .sqlMigrationSeparator("-");

        assertThat(PlanFileName.parse("mig3-Seal.sealway.yaml", own))
                .contains(new PlanFileName(Optional.of(MigrationVersion.fromVersion("3")), "Seal"));
        assertThat(PlanFileName.parse("migrep-Drop.sealway.yaml", own))
                .contains(new PlanFileName(Optional.empty(), "Drop"));
        assertThat(PlanFileName.parse("V3__Seal.sealway.yaml", own)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "V__Seal.sealway.yaml, a migration has a version",
        "V7.sealway.yaml, a migration has a version",
        "Vx__Seal.sealway.yaml, its version is not a number",
        "R7__Drop.sealway.yaml, a repeatable migration has no version"
    })
    void refusesANameThatAlmostFits(String name, String law) {
        assertThatThrownBy(() -> PlanFileName.parse(name, STANDARD))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(law);
    }
}
