package dev.sealway.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.Sealway;
import dev.sealway.error.SealwayException;
import dev.sealway.plan.Selection;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The example of {@code docs/tutorial/liquibase}, on whatever Liquibase is on the class path. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class ChangelogTest {
    private static final List<String> VERIFIED =
            List.of("customers", "expand", "backfill", "verify", "views", "rehearse");
    private static final String WAITING = """
                <preConditions onFail="CONTINUE" onSqlOutput="IGNORE">
                  <customPrecondition className="dev.sealway.liquibase.DropConfirmed"/>
                </preConditions>
            """;
    private static final String VALUES =
            "SELECT string_agg(email || '|' || phone, ',' ORDER BY id) FROM public.customer";

    @TempDir
    private Path project;

    private ShopProject shop;
    private TestDatabase database;

    @BeforeEach
    void copyTheExample(TestDatabase fresh) throws IOException {
        database = fresh;
        shop = new ShopProject(project, fresh);
    }

    @Test
    void goesFromPlaintextToVerifiedAndNoticesAnEditedPlan() throws Exception {
        shop.update();

        assertThat(shop.history()).isEqualTo(VERIFIED);
        assertThat(shop.columns()).contains("email", "email_encrypted", "email_search", "phone_encrypted");
        assertThat(database.value("SELECT count(*) FROM public.customer WHERE email_encrypted IS NOT NULL"))
                .isEqualTo("100");
        assertThat(shop.told()).anySatisfy(line -> assertThat(line)
                .startsWith("the drop waits: 2 columns still hold plaintext")
                .contains("\"-Dsealway.confirmDrop=%s\"".formatted(ShopProject.phrase("email", "phone"))));

        shop.edit("db/sealway.yaml", "sealway: 1", "sealway: 1   # reviewed again")
                .update();
        assertThat(shop.history()).isEqualTo(VERIFIED);
        shop.edit("db/sealway.yaml", "normalizer: email", "normalizer: trim");
        assertThatThrownBy(shop::update).hasMessageContaining("expand::shop was: 9:");
    }

    @Test
    void dropsWhenTheRightPhraseIsSaidAndComesBackWithEveryValue() throws Exception {
        shop.update();
        String before = database.value(VALUES);
        shop.parameter("sealway.confirmDrop", ShopProject.phrase("email", "phone"))
                .update();
        assertThat(shop.history()).isEqualTo(with("drop-plaintext"));
        assertThat(shop.columns()).doesNotContain("email", "phone").contains("email_encrypted");
        shop.forget("sealway.confirmDrop").update();
        assertThat(shop.history()).isEqualTo(with("drop-plaintext"));

        shop.rollBack(VERIFIED.size());

        assertThat(shop.history()).containsExactly("customers");
        assertThat(shop.columns()).containsExactly("email", "id", "phone");
        assertThat(database.value(VALUES)).isEqualTo(before);
        assertThat(shop.told())
                .contains(
                        "Sealway's contract: the tables are as before expand; roll back the change sets down to it as well");
        shop.update();
        assertThat(shop.history()).isEqualTo(VERIFIED);
    }

    @Test
    void refusesAnUnconfirmedDropAndAWrongPhraseAndNamesTheRightOne() throws Exception {
        shop.parameter("sealway.confirmDrop", "drop shop 2 columns 00000000");
        refusesTheDrop("the phrase given is not the one for these columns");

        shop.edit("db/changelog.xml", WAITING, "").forget("sealway.confirmDrop");
        refusesTheDrop("Sealway's contract is not confirmed");
    }

    private void refusesTheDrop(String why) throws Exception {
        assertThatThrownBy(shop::update)
                .rootCause()
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining(why)
                .hasMessageContaining(ShopProject.phrase("email", "phone"));
        assertThat(shop.history()).isEqualTo(VERIFIED);
        assertThat(shop.columns()).contains("email", "phone");
    }

    @Test
    void continuesAfterAFailureAndAfterAKill() throws Exception {
        shop.run(liquibase -> liquibase.update(2, ""));
        database.execute("""
                CREATE FUNCTION public.refuse_33() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  IF NEW.id = 33 THEN RAISE EXCEPTION 'CANARY %', NEW.phone; END IF;
                  RETURN NEW;
                END $$""", """
                CREATE TRIGGER refuse_33 BEFORE UPDATE ON public.customer
                   FOR EACH ROW EXECUTE FUNCTION public.refuse_33()""");

        assertThatThrownBy(shop::update)
                .hasMessageNotContaining("CANARY")
                .rootCause()
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("writing a batch of public.customer failed")
                .hasMessageNotContaining("CANARY");
        assertThat(shop.history()).containsExactly("customers", "expand");

        database.execute("DROP TRIGGER refuse_33 ON public.customer", "DROP FUNCTION public.refuse_33()");
        database.execute(
                "UPDATE public.databasechangeloglock SET locked = true, lockgranted = now(), lockedby = 'gone'");
        shop.run(liquibase -> liquibase.forceReleaseLocks());
        shop.update();
        assertThat(shop.history()).isEqualTo(VERIFIED);
    }

    @Test
    void writesNoPhaseIntoAScript() throws Exception {
        shop.run(liquibase -> liquibase.update(1, ""));

        assertThat(shop.updateSql())
                .contains("Sealway's expand is NOT in this script", "Sealway's contract is NOT in this script");
        assertThat(shop.columns()).containsExactly("email", "id", "phone");
        assertThat(database.value("SELECT to_regnamespace('sealway')")).isNull();
        assertThat(shop.offlineSql())
                .contains("CREATE TABLE public.customer", "Sealway's backfill is NOT in this script");
    }

    @Test
    void refusesATransactionBeforeAnythingRuns() throws Exception {
        shop.edit(
                "db/changelog.xml",
                "id=\"backfill\" author=\"shop\" runInTransaction=\"false\"",
                "id=\"backfill\" author=\"shop\"");

        assertThatThrownBy(shop::update)
                .hasMessageContaining("db/changelog.xml::backfill::shop would keep a transaction open")
                .hasMessageContaining("runInTransaction=\"false\"");
        assertThat(shop.columns()).isEmpty();
    }

    @Test
    void growsByAChangeForWhichTheDropWaitsAgain() throws Exception {
        shop.parameter("sealway.confirmDrop", ShopProject.phrase("email", "phone"))
                .edit("db/changelog.xml", "phone text)", "phone text, note text DEFAULT 'none')")
                .update();
        shop.edit("db/sealway.yaml", "phone: {}", "phone: {}\n      note: { change: 2 }")
                .edit("db/changelog.xml", "</databaseChangeLog>", secondChange());

        shop.update();

        List<String> grown = with("drop-plaintext", "Expand-2", "Backfill-2", "Verify-2", "Views-2", "Rehearse-2");
        assertThat(shop.history()).isEqualTo(grown);
        assertThat(shop.columns()).contains("note", "note_encrypted");
        shop.parameter("sealway.confirmDrop", ShopProject.phrase("note")).update();
        assertThat(shop.columns()).doesNotContain("note").contains("note_encrypted");
        assertThat(shop.history()).containsExactlyInAnyOrderElementsOf(grown);
    }

    private static String secondChange() {
        StringBuilder sets = new StringBuilder();
        for (String phase : List.of("Expand", "Backfill", "Verify", "Views", "Rehearse")) {
            sets.append("""
                    <changeSet id="%1$s-2" author="shop" runInTransaction="false">
                      <customChange class="dev.sealway.liquibase.%1$sChange"><param name="change" value="2"/></customChange>
                    </changeSet>
                    """.formatted(phase));
        }
        return sets.append("</databaseChangeLog>").toString();
    }

    @Test
    void onlyLooksForABackfillThatIsDoneElsewhere() throws Exception {
        shop.parameter("sealway.backfill", "require");

        assertThatThrownBy(shop::update)
                .rootCause()
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("backfill");
        assertThat(shop.history()).containsExactly("customers", "expand");

        Sealway.plan(project.resolve("db/sealway.yaml"))
                .on(database.dataSource())
                .backfill(Selection.ALL);
        shop.update();
        assertThat(shop.history()).isEqualTo(VERIFIED);
    }

    @Test
    void refusesABadParameterAndAPlanThatIsNotThereBeforeAnythingRuns() throws Exception {
        shop.parameter("sealway.batchSize", "many");
        assertThatThrownBy(shop::update)
                .hasMessageContaining("the changelog parameters are refused")
                .hasMessageContaining("sealway.batchSize: must be a whole number");

        shop.forget("sealway.batchSize")
                .edit(
                        "db/changelog.xml",
                        "\"dev.sealway.liquibase.VerifyChange\"/>",
                        "\"dev.sealway.liquibase.VerifyChange\"><param name=\"plan\" value=\"db/none.yaml\"/></customChange>");
        assertThatThrownBy(shop::update).hasMessageContaining("there is no plan file db/none.yaml");
        assertThat(shop.columns()).isEmpty();
    }

    @Test
    void cutsOverAndComesBackAndGoesAgain() throws Exception {
        shop.edit("db/changelog.xml", "RehearseChange", "CutOverChange").parameter("sealway.soak", "0");

        shop.update();

        assertThat(database.value("SELECT string_agg(DISTINCT phase, ',') FROM sealway.encryption_migrations"))
                .isEqualTo("cut over");
        shop.rollBack(VERIFIED.size() - 1);
        assertThat(shop.history()).containsExactly("customers");
        assertThat(shop.columns()).containsExactly("email", "id", "phone");
        shop.update();
        assertThat(shop.history()).isEqualTo(VERIFIED);
    }

    private static List<String> with(String... more) {
        List<String> all = new ArrayList<>(VERIFIED);
        all.addAll(List.of(more));
        return all;
    }
}
