package dev.sealway.planfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.plan.PlanRefusedException;
import dev.sealway.plan.PlannedMigration;
import dev.sealway.plan.PlannedMigration.File;
import dev.sealway.plan.PlannedMigration.Inline;
import dev.sealway.plan.PlannedMigration.Phase;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MigrationFileReaderTest {
    private static final String PLAN = """
            sealway: 1
            name: shop
            keys: { provider: env, ref: SEALWAY_KEYS }
            tables:
              public.customer: { columns: { email: {} } }
            """;

    @Test
    void readsAWholePlan() {
        PlannedMigration migration = read(PLAN);

        assertThat(migration.source())
                .isInstanceOfSatisfying(
                        Inline.class, inline -> assertThat(inline.plan().name()).isEqualTo("shop"));
        assertThat(migration.change()).isEmpty();
        assertThat(migration.inOrder())
                .containsExactly(Phase.EXPAND, Phase.BACKFILL, Phase.VERIFY, Phase.VIEWS, Phase.REHEARSE);
    }

    @Test
    void readsAReferenceToAPlan() {
        PlannedMigration migration = read("""
                sealway: 1
                plan: db/sealway.yaml
                change: 2
                phases: [verify, expand]
                """);

        assertThat(migration)
                .isEqualTo(new PlannedMigration(
                        new File("db/sealway.yaml"), Set.of(Phase.EXPAND, Phase.VERIFY), OptionalInt.of(2)));
        assertThat(migration.inOrder()).containsExactly(Phase.EXPAND, Phase.VERIFY);
    }

    @Test
    void refusesAPlanBesideAReferenceToOne() {
        assertThatThrownBy(() -> read(PLAN + "plan: db/sealway.yaml\n"))
                .isInstanceOf(PlanRefusedException.class)
                .hasMessageContaining("V7.sealway.yaml:4: tables: unknown key");
    }

    @Test
    void refusesEverythingThatIsWrongAtOnce() {
        assertThatThrownBy(() -> read(PLAN.replace("email: {}", "email: { pad: -1 }") + """
                        change: 0
                        phases: [expand, verfiy]
                        fases: []
                        """))
                .isInstanceOf(PlanRefusedException.class)
                .hasMessageContaining("pad: must be a whole number")
                .hasMessageContaining("V7.sealway.yaml:6: change: must be a whole number")
                .hasMessageContaining("V7.sealway.yaml:7: phases: unknown value 'verfiy'; did you mean 'verify'?")
                .hasMessageContaining("V7.sealway.yaml:8: fases: unknown key");
    }

    @Test
    void refusesAnEmptyListOfPhases() {
        assertThatThrownBy(() -> read(PLAN + "phases: []\n")).hasMessageContaining("phases: must be a list, such as");
        assertThatThrownBy(() -> read(PLAN + "phases: expand\n"))
                .hasMessageContaining("phases: must be a list, such as");
    }

    @Test
    void refusesADropTogetherWithAnotherPhase() {
        assertThatThrownBy(() -> read(PLAN + "phases: [verify, contract]\n"))
                .hasMessageContaining("contract stands alone");
    }

    @Test
    void refusesAnEmptyFile() {
        assertThatThrownBy(() -> read("")).isInstanceOf(PlanRefusedException.class);
    }

    private static PlannedMigration read(String text) {
        return MigrationFileReader.read(text, "V7.sealway.yaml");
    }
}
