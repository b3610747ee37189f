package dev.sealway.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Test;

/** No Java at all: plan files among the SQL migrations. */
class PlanFileMigrationTest extends MigrationContract {

    @Override
    void addFirstChange(Shop shop) throws IOException {
        shop.write("db/migration/V2__Seal_customers.sealway.yaml", """
                sealway: 1
                plan: db/sealway.yaml
                """);
        shop.write("db/migration/R__Drop_plaintext_columns.sealway.yaml", """
                sealway: 1
                plan: db/sealway.yaml
                phases: [contract]
                """);
    }

    @Override
    void addSecondChange(Shop shop) throws IOException {
        shop.write("db/migration/V6__Seal_notes.sealway.yaml", """
                sealway: 1
                plan: db/sealway.yaml
                change: 2
                """);
    }

    @Override
    void addCutOver(Shop shop) throws IOException {
        shop.write("db/migration/V20__Cut_over.sealway.yaml", """
                sealway: 1
                plan: db/sealway.yaml
                change: 1
                phases: [cutover]
                """);
    }

    @Override
    Flyway flyway(Shop shop) {
        return shop.flyway().load();
    }

    @Override
    List<String> versionsOfFirstChange() {
        return List.of("2");
    }

    @Override
    List<String> versionsOfSecondChange() {
        return List.of("6");
    }

    @Test
    void runsAPlanThatStandsInTheMigrationItself() throws Exception {
        Shop own = shop();
        own.write("db/migration/V2__Seal_customers.sealway.yaml", own.plan());
        own.write("db/migration/R__Drop_plaintext_columns.sealway.yaml", own.plan() + "phases: [contract]\n");
        own.placeholder("sealway.plan", "there-is-none.yaml");
        own.placeholder("sealway.confirmDrop", Shop.phrase("email", "phone"));

        flyway(own).migrate();

        assertThat(own.history()).containsExactly("1", "2", DROP);
    }

    @Test
    void namesTheFileAsTheScript() {
        assertThat(flyway(shop()).info().all())
                .extracting(MigrationInfo::getScript)
                .containsExactly(
                        "V1__Shop.sql", "V2__Seal_customers.sealway.yaml", "R__Drop_plaintext_columns.sealway.yaml");
    }

    @Test
    void findsPlanFilesOnTheClassPath() throws Exception {
        Shop own = shop();
        Path classes = own.write(
                        "classes/sealing/V5__Seal.sealway.yaml", own.plan().replace("shop", "elsewhere"))
                .getParent()
                .getParent();
        try (var loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            var flyway = own.flyway(loader).locations("classpath:sealing").load();

            assertThat(flyway.info().pending())
                    .extracting(MigrationInfo::getScript, m -> m.getVersion().getVersion())
                    .containsExactly(tuple("V5__Seal.sealway.yaml", "5"));
        }
    }

    @Test
    void refusesADropWithAVersionAndARepeatableWithoutADrop() throws Exception {
        Shop own = shop();
        Path early = own.write("db/migration/V3__Drop.sealway.yaml", own.plan() + "phases: [contract]\n");
        assertThatThrownBy(() -> flyway(own).info())
                .hasMessageContaining("V3__Drop.sealway.yaml")
                .hasMessageContaining("make it repeatable");

        Files.delete(early);
        own.write("db/migration/R__Seal.sealway.yaml", own.plan());
        assertThatThrownBy(() -> flyway(own).info())
                .hasMessageContaining("R__Seal.sealway.yaml is repeatable, and only a drop is");
    }

    @Test
    void refusesABrokenFileWithItsFaults() throws Exception {
        Shop own = shop();
        own.write("db/migration/V3__Broken.sealway.yaml", own.plan() + "phases: [expnad]\n");

        assertThatThrownBy(() -> flyway(own).migrate())
                .hasMessageContaining("V3__Broken.sealway.yaml:10: phases: unknown value 'expnad'");
        assertThat(own.tables()).doesNotContain("customer");
    }

    @Test
    void passesByAFileThatIsNoMigration() throws Exception {
        shop().write("db/migration/customers.sealway.yaml", "not even a plan");

        assertThat(flyway(shop()).info().all()).hasSize(3);
    }
}
