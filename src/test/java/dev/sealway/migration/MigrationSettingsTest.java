package dev.sealway.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.Sealway;
import dev.sealway.error.SealwayException;
import dev.sealway.migration.MigrationSettings.Backfill;
import dev.sealway.migration.MigrationSettings.UnconfirmedDrop;
import dev.sealway.plan.PlannedMigration.Phase;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationSettingsTest {

    @Test
    void hasADefaultForEverything() {
        MigrationSettings none = read(Map.of("table_name", "users", "sealwaytown", "Bath"));

        assertThat(none.plan()).isEqualTo("db/sealway.yaml");
        assertThat(none.batchSize()).isEmpty();
        assertThat(none.workers()).isEmpty();
        assertThat(none.change()).isEmpty();
        assertThat(none.backfill()).isEqualTo(Backfill.INLINE);
        assertThat(none.confirmDrop()).isEmpty();
        assertThat(none.unconfirmedDrop()).isEqualTo(UnconfirmedDrop.WAIT);
    }

    @Test
    void readsKeysAsTheEnvironmentSpellsThem() {
        MigrationSettings read = read(Map.of(
                "sealway_plan", "other.yaml",
                "SEALWAY_BATCH_SIZE", "250",
                "sealway_workers", "3",
                "sealway-change", "2",
                "sealway_backfill", "require",
                "sealway_confirmdrop", " drop shop 1 columns 0a1b2c3d ",
                "sealway.unconfirmedDrop", "fail"));

        assertThat(read.plan()).isEqualTo("other.yaml");
        assertThat(read.batchSize()).isEqualTo(OptionalInt.of(250));
        assertThat(read.workers()).isEqualTo(OptionalInt.of(3));
        assertThat(read.change()).isEqualTo(OptionalInt.of(2));
        assertThat(read.backfill()).isEqualTo(Backfill.REQUIRE);
        assertThat(read.confirmDrop()).contains("drop shop 1 columns 0a1b2c3d");
        assertThat(read.unconfirmedDrop()).isEqualTo(UnconfirmedDrop.FAIL);
    }

    @Test
    void takesAnEmptySettingForNone() {
        assertThat(read(Map.of("sealway.confirmDrop", " ")).confirmDrop()).isEmpty();
    }

    @Test
    void refusesEverythingThatIsWrongAtOnce() {
        assertThatThrownBy(() -> read(Map.of(
                        "sealway.confirmDorp", "x",
                        "sealway.batchSize", "many",
                        "sealway.change", "0",
                        "sealway.backfill", "inlin",
                        "sealway.unconfirmedDrop", "wait",
                        "sealway_unconfirmeddrop", "fail")))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("sealway.confirmDorp: unknown knob; did you mean 'sealway.confirmDrop'?")
                .hasMessageContaining("sealway.batchSize: must be a whole number from 1 to 100000")
                .hasMessageContaining("sealway.change: must be a whole number from 1")
                .hasMessageContaining("sealway.backfill: unknown value 'inlin'; did you mean 'inline'?")
                .hasMessageContaining("is given twice with different values");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65", "-1", "two"})
    void refusesANumberOfWorkersThatIsNone(String workers) {
        assertThatThrownBy(() -> read(Map.of("sealway.workers", workers)))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("sealway.workers: must be a whole number from 1 to 64");
    }

    @Test
    void takesAsManyWorkersAsTheCommandLineDoes() {
        assertThat(read(Map.of("sealway.workers", "64")).workers()).hasValue(Sealway.MOST_WORKERS);
    }

    @Test
    void knowsWhatBuildsAnIndexConcurrently() {
        MigrationSettings inline = read(Map.of());
        MigrationSettings require = read(Map.of("sealway.backfill", "require"));

        assertThat(inline.needConcurrentIndexes(Phase.DEFAULT)).isTrue();
        assertThat(inline.needConcurrentIndexes(Set.of(Phase.CONTRACT))).isTrue();
        assertThat(inline.needConcurrentIndexes(Set.of(Phase.EXPAND, Phase.VERIFY, Phase.VIEWS)))
                .isFalse();
        assertThat(require.needConcurrentIndexes(Phase.DEFAULT)).isFalse();
    }

    private static MigrationSettings read(Map<String, String> given) {
        return MigrationSettings.from(given, PreparedDrop.TOOL);
    }
}
