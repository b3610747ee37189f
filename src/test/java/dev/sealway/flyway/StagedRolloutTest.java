package dev.sealway.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.Sealway;
import dev.sealway.error.SealwayException;
import dev.sealway.migration.MigrationSettings;
import dev.sealway.plan.Selection;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.internal.configuration.ConfigUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files in {@code db/environments}, read as Flyway reads {@code -Dflyway.configFiles}. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class StagedRolloutTest {

    @TempDir
    private Path project;

    private Shop shop;
    private TestDatabase database;

    @BeforeEach
    void writeTheMigrations(TestDatabase fresh) throws IOException {
        database = fresh;
        shop = new Shop(project, fresh);
        shop.setting("flyway.postgresql.transactional.lock", "true");
        shop.write("db/migration/V7__Add_encrypted_customers.sealway.yaml", """
                sealway: 1
                plan: db/sealway.yaml
                phases: [expand]
                """);
        shop.write("db/migration/V8__Seal_customers.sealway.yaml", """
                sealway: 1
                plan: db/sealway.yaml
                phases: [backfill, verify, views, rehearse]
                """);
        shop.write("db/migration/R__Drop_plaintext.sealway.yaml", """
                sealway: 1
                plan: db/sealway.yaml
                phases: [contract]
                """);
    }

    @Test
    void developmentDoesEverythingAtOnce() throws Exception {
        configured("dev").load().migrate();

        assertThat(shop.history()).containsExactly("1", "7", "8");
        assertThat(settings("dev").soak()).isEqualTo(Duration.ZERO);
    }

    @ParameterizedTest
    @CsvSource({"staging, PT1H", "prod, P7D"})
    void expandsAndRefusesUntilSomebodyDidTheBackfill(String stage, Duration soak) throws Exception {
        configured(stage).target("7").load().migrate();
        assertThatThrownBy(() -> configured(stage).load().migrate())
                .rootCause()
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("backfill");
        assertThat(shop.history()).containsExactly("1", "7");

        Sealway.plan(project.resolve("db/sealway.yaml"))
                .on(database.dataSource())
                .backfill(Selection.ALL);
        assertThat(Shop.told(() -> configured(stage).load().migrate()))
                .anySatisfy(line -> assertThat(line).contains("Drop plaintext waits", Shop.phrase("email", "phone")));
        assertThat(shop.history()).containsExactly("1", "7", "8");
        assertThat(settings(stage).soak()).isEqualTo(soak);
        assertThat(settings(stage).confirmDrop()).isEmpty();
    }

    private MigrationSettings settings(String stage) {
        return FlywayTool.settings(configured(stage));
    }

    private FluentConfiguration configured(String stage) {
        Path file = Path.of("db/environments/%s.conf".formatted(stage));
        return shop.flyway()
                .configuration(ConfigUtils.loadConfigurationFile(file.toFile(), StandardCharsets.UTF_8.name(), true));
    }
}
