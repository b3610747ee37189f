package dev.sealway.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.Sealway;
import dev.sealway.error.SealwayException;
import dev.sealway.plan.Selection;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What holds for the phases as Flyway migrations, however they are written down. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
abstract class MigrationContract {
    static final String DROP = "Drop plaintext columns";

    @TempDir
    private Path project;

    private Shop shop;
    private TestDatabase database;

    @BeforeEach
    void openTheShop(TestDatabase fresh) throws IOException {
        database = fresh;
        shop = new Shop(project, fresh);
        addFirstChange(shop);
    }

    final Shop shop() {
        return shop;
    }

    /** Writes what the first change needs beside the plan, and the drop. */
    abstract void addFirstChange(Shop shop) throws IOException;

    abstract void addSecondChange(Shop shop) throws IOException;

    /** Version 20, which cuts over the first change. */
    abstract void addCutOver(Shop shop) throws IOException;

    abstract Flyway flyway(Shop shop);

    abstract List<String> versionsOfFirstChange();

    abstract List<String> versionsOfSecondChange();

    @Test
    void appliesEverythingUpToTheWaitingDropTwiceInARow() throws SQLException {
        List<String> told = Shop.told(this::migrate);

        assertThat(shop.history()).isEqualTo(first());
        assertThat(shop.columns()).contains("email", "email_encrypted", "email_search", "phone_encrypted");
        assertThat(told).anySatisfy(line -> assertThat(line)
                .contains(DROP + " waits: 2 columns still hold plaintext")
                .contains(Shop.phrase("email", "phone")));

        assertThat(migrate()).isZero();
        assertThat(shop.history()).isEqualTo(first());
        flyway(shop).validate();
    }

    @Test
    void saysOnceWhyItWaits() {
        migrate();

        assertThat(Shop.told(this::migrate))
                .filteredOn(line -> line.contains("waits"))
                .hasSize(1);
    }

    @Test
    void letsLaterMigrationsPassAWaitingDrop() throws Exception {
        migrate();
        shop.write("db/migration/V90__Later.sql", "CREATE TABLE public.later (id int);");

        assertThat(migrate()).isOne();
        assertThat(shop.history()).endsWith("90");
    }

    @Test
    void dropsWhenTheRightPhraseIsSaidAndStaysDropped() throws SQLException {
        migrate();
        shop.placeholder("sealway.confirmDrop", Shop.phrase("email", "phone"));

        assertThat(migrate()).isOne();
        assertThat(shop.history()).isEqualTo(plus(first(), DROP));
        assertThat(shop.columns()).doesNotContain("email", "phone").contains("email_encrypted");

        shop.forget("sealway.confirmDrop");
        assertThat(migrate()).isZero();
        flyway(shop).validate();
        assertThat(state(DROP)).isEqualTo(MigrationState.SUCCESS);
    }

    @Test
    void takesThePhraseFromTheEnvironmentsSpelling() throws SQLException {
        shop.placeholder("sealway_confirmdrop", Shop.phrase("email", "phone"));

        migrate();

        assertThat(shop.history()).isEqualTo(plus(first(), DROP));
    }

    @Test
    void refusesAWrongPhraseAndNamesTheRightOne() throws SQLException {
        migrate();
        shop.placeholder("sealway.confirmDrop", "drop shop 2 columns 00000000");

        assertThatThrownBy(this::migrate)
                .rootCause()
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining(Shop.phrase("email", "phone"));
        assertThat(shop.history()).isEqualTo(first());
        assertThat(shop.columns()).contains("email", "phone");
    }

    @Test
    void failsAnUnconfirmedDropIfToldSo() throws SQLException {
        shop.placeholder("sealway.unconfirmedDrop", "fail");

        assertThatThrownBy(this::migrate).rootCause().hasMessageContaining(Shop.phrase("email", "phone"));
        assertThat(shop.history()).isEqualTo(first());
    }

    @Test
    void continuesAfterAFailureWithoutARepair() throws SQLException {
        shop.flyway().target("1").load().migrate();
        database.execute("""
                CREATE FUNCTION public.refuse_33() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  IF NEW.id = 33 THEN RAISE EXCEPTION 'CANARY %', NEW.phone; END IF;
                  RETURN NEW;
                END $$""", """
                CREATE TRIGGER refuse_33 BEFORE UPDATE ON public.customer
                   FOR EACH ROW EXECUTE FUNCTION public.refuse_33()""");

        assertThatThrownBy(this::migrate)
                .rootCause()
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("writing a batch of public.customer failed")
                .hasMessageNotContaining("CANARY");
        assertThat(shop.history()).doesNotContain(last()).noneMatch(row -> row.startsWith("-"));
        assertThat(database.value("SELECT count(*) FROM public.customer WHERE email_encrypted IS NOT NULL"))
                .as("what was committed before the failure")
                .isNotEqualTo("0");

        database.execute("DROP TRIGGER refuse_33 ON public.customer", "DROP FUNCTION public.refuse_33()");
        migrate();
        assertThat(shop.history()).isEqualTo(first());
        flyway(shop).validate();
    }

    @Test
    @DisplayName("T65 refuses Flyway's default lock before the first statement, and finishes without it")
    void refusesALockThatHoldsASnapshot() throws SQLException {
        shop.setting("flyway.postgresql.transactional.lock", "true");

        assertThatThrownBy(this::migrate)
                .rootCause()
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("flyway.postgresql.transactional.lock");
        assertThat(shop.history()).doesNotContain(last()).noneMatch(row -> row.startsWith("-"));

        shop.setting("flyway.postgresql.transactional.lock", "false");
        migrate();
        assertThat(shop.history()).isEqualTo(first());
        assertThat(database.value("""
                        SELECT count(*) FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indexrelid
                         WHERE i.indrelid = 'public.customer'::regclass AND a.attname = 'email_search' AND i.indisvalid""")).isEqualTo("1");
    }

    @Test
    void growsByAChangeThatLeavesAppliedMigrationsValid() throws Exception {
        shop.placeholder("sealway.confirmDrop", Shop.phrase("email", "phone"));
        migrate();
        shop.grow();
        addSecondChange(shop);

        assertThat(migrate()).isEqualTo(versionsOfSecondChange().size());

        List<String> grown = new ArrayList<>(plus(first(), DROP));
        grown.addAll(versionsOfSecondChange());
        assertThat(shop.history()).isEqualTo(grown);
        assertThat(shop.columns()).contains("note", "note_encrypted");
        shop.placeholder("sealway.confirmDrop", Shop.phrase("note"));
        assertThat(migrate()).isOne();
        assertThat(shop.history()).isEqualTo(plus(grown, DROP));
        assertThat(shop.columns()).doesNotContain("note");
        flyway(shop).validate();
    }

    @Test
    void cutsOverOnceNobodyWritesPlaintextAlone() throws Exception {
        migrate();
        addCutOver(shop);

        assertThatThrownBy(this::migrate)
                .rootCause()
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("soak");
        assertThat(shop.history()).isEqualTo(first());

        shop.placeholder("sealway.soak", "0");
        assertThat(migrate()).isOne();
        assertThat(shop.history()).isEqualTo(plus(first(), "20"));
        assertThat(database.value("SELECT string_agg(attname, ',' ORDER BY attname) FROM pg_attribute"
                        + " WHERE attrelid = 'public.customer'::regclass AND attname ~ '^email' AND attnotnull"))
                .isEqualTo("email_encrypted");
        flyway(shop).validate();
    }

    @Test
    void ignoresCommentsAndLayoutOfThePlan() throws Exception {
        migrate();
        shop.write("db/sealway.yaml", "# reviewed again\n" + shop.plan().replace("batch-size: 10", "batch-size: 500"));

        assertThat(migrate()).isZero();
        flyway(shop).validate();
    }

    @Test
    void noticesThatAnAppliedChangeOfThePlanWasEdited() throws Exception {
        migrate();
        shop.write("db/sealway.yaml", shop.plan().replace("e164", "trim"));

        assertThatThrownBy(this::migrate).hasMessageContaining("checksum mismatch");
    }

    @Test
    void refusesAnUnknownPlaceholderBeforeAnythingRuns() {
        shop.placeholder("sealway.confirmDorp", "x");

        assertThatThrownBy(this::migrate).hasMessageContaining("did you mean 'sealway.confirmDrop'?");
    }

    @Test
    void onlyLooksForABackfillThatIsDoneElsewhere() throws Exception {
        shop.placeholder("sealway.backfill", "require").setting("flyway.postgresql.transactional.lock", "true");

        assertThatThrownBy(this::migrate)
                .rootCause()
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("backfill");

        Sealway.plan(project.resolve("db/sealway.yaml"))
                .on(database.dataSource())
                .backfill(Selection.ALL);
        migrate();
        assertThat(shop.history()).isEqualTo(first());
    }

    @Test
    void refusesAGroupOfMigrationsInOneTransaction() {
        shop.setting("flyway.group", "true");

        assertThatThrownBy(this::migrate).rootCause().hasMessageContaining("flyway.group=true");
    }

    private int migrate() {
        return flyway(shop).migrate().migrationsExecuted;
    }

    private List<String> first() {
        return plus(List.of("1"), versionsOfFirstChange().toArray(String[]::new));
    }

    private String last() {
        return versionsOfFirstChange().get(versionsOfFirstChange().size() - 1);
    }

    private static List<String> plus(List<String> history, String... more) {
        List<String> all = new ArrayList<>(history);
        all.addAll(List.of(more));
        return all;
    }

    private MigrationState state(String description) {
        for (MigrationInfo migration : flyway(shop).info().all()) {
            if (migration.getDescription().equals(description)) {
                return migration.getState();
            }
        }
        throw new AssertionError("there is no migration " + description);
    }
}
