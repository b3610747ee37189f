package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import dev.sealway.phase.verify.VerifyReport;
import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.RecordedStatements;
import dev.sealway.testing.TestDatabase;
import dev.sealway.testing.transit.InPlaceLife;
import dev.sealway.workflow.ContractTerms;
import dev.sealway.workflow.Verb;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tables that are encrypted over their plaintext, there and back. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class InPlaceLifeTest {

    private static final String ORDERS = """
            tables:
              public.orders:
                mode: in-place
                cipher: transit
                where: not anonymous
                columns: { name: {}, phone: {} }
            """;

    private static final String ALL = "SELECT id, name, phone, anonymous FROM orders ORDER BY id";

    private static void createOrders(TestDatabase db) throws SQLException {
        db.execute(
                "CREATE TABLE orders (id int PRIMARY KEY, name text, phone varchar(80), anonymous boolean NOT NULL)",
                """
                INSERT INTO orders
                SELECT g, CASE WHEN g % 7 > 0 THEN 'name ' || g END, CASE WHEN g % 5 > 0 THEN '+49 30 ' || g END,
                       g % 9 = 0
                  FROM generate_series(1, 300) g""",
                "UPDATE orders SET name = '' WHERE id = 1",
                "UPDATE orders SET name = 'vault:v1' WHERE id = 2");
    }

    private static long encrypted(TestDatabase db, String column) throws SQLException {
        return Long.parseLong(db.value("SELECT count(*) FROM orders WHERE %s LIKE 'vault:v1:%%'".formatted(column)));
    }

    @Test
    @DisplayName("T56 a life in place: encrypted, proven, run again without a write, and decrypted back")
    void livesAndComesBack(TestDatabase db) throws SQLException {
        createOrders(db);
        List<List<String>> before = db.rows(ALL);
        InPlaceLife life = InPlaceLife.of(db, ORDERS.replace("where:", "already-encrypted: accept\n    where:"));
        life.expand();
        assertThat(life.backfill().passed()).isTrue();
        assertThat(encrypted(db, "name")).isEqualTo(229);
        assertThat(encrypted(db, "phone")).isEqualTo(213);
        assertThat(db.value("SELECT count(*) FROM orders WHERE name IS NULL AND phone IS NULL"))
                .isEqualTo("8");
        VerifyReport proof = life.verify();
        assertThat(proof.passed()).isTrue();
        VerifyReport.Column name = proof.tables().get(0).columns().get(0);
        assertThat(List.of(name.proven(), name.nulls(), name.dirty(), name.outside(), name.mismatched()))
                .containsExactly(229L, 42L, 0L, 29L, 0L);
        String versions = db.value("SELECT string_agg(xmin::text, ',' ORDER BY id) FROM orders");
        assertThat(life.backfill().tables().get(0).written()).isZero();
        assertThat(life.verify().passed()).isTrue();
        assertThat(db.value("SELECT string_agg(xmin::text, ',' ORDER BY id) FROM orders"))
                .isEqualTo(versions);
        assertThat(life.workflow().status(Selection.ALL).next())
                .isEqualTo("nothing: every column is encrypted in place and verified");
        life.rollback();
        assertThat(db.rows(ALL)).isEqualTo(before);
        assertThat(db.rows("SELECT * FROM sealway.sealed_table")).isEmpty();
        life.expand();
        assertThat(life.backfill().passed()).isTrue();
        assertThat(encrypted(db, "name")).isEqualTo(229);
    }

    @Test
    void neverChangesTheTablesDefinition(TestDatabase db) throws SQLException {
        createOrders(db);
        db.execute("UPDATE orders SET name = 'x' WHERE id = 2");
        RecordedStatements statements = new RecordedStatements();
        InPlaceLife life = InPlaceLife.of(db, ORDERS).through(statements.over(db.dataSource()));
        life.expand();
        life.backfill();
        life.verify();
        life.rollback();
        assertThat(statements.texts())
                .filteredOn(s -> s.contains("orders"))
                .noneMatch(s -> s.contains("ALTER ") || s.contains("DROP ") || s.contains("CREATE "));
    }

    @Test
    void refusesWhatNeedsASecondColumn(TestDatabase db) throws SQLException {
        createOrders(db);
        db.execute("UPDATE orders SET name = 'x' WHERE id = 2");
        InPlaceLife life = InPlaceLife.of(db, ORDERS).expand();
        life.backfill();
        life.verify();
        assertThatThrownBy(() -> life.workflow().views(Selection.ALL))
                .hasMessageContaining("table public.orders is encrypted in place");
        assertThatThrownBy(() -> life.workflow().contract(Selection.ALL, ContractTerms.of("")))
                .hasMessageContaining("table public.orders is encrypted in place");
        assertThat(life.workflow().status(Selection.ALL).phrase()).isEmpty();
        assertThat(life.workflow().check(Selection.ALL).phrase()).isEmpty();
    }

    @Test
    void tellsBeforehandWhatItWouldDo(TestDatabase db) throws SQLException {
        createOrders(db);
        db.execute("UPDATE orders SET name = 'x' WHERE id = 2");
        InPlaceLife life = InPlaceLife.of(db, ORDERS);
        assertThat(life.workflow().preview(Verb.EXPAND, Selection.ALL))
                .containsExactly(
                        "register column public.orders.name; nothing is added to the table",
                        "register column public.orders.phone; nothing is added to the table");
        life.expand();
        assertThat(life.workflow().preview(Verb.BACKFILL, Selection.ALL))
                .singleElement()
                .asString()
                .endsWith("sealing in place name, phone");
        assertThat(life.workflow().preview(Verb.ROLLBACK, Selection.ALL))
                .singleElement()
                .asString()
                .endsWith("decrypting in place name, phone");
        assertThat(life.workflow().estimate(Selection.ALL).tables()).hasSize(1);
        assertThat(life.workflow().status(Selection.ALL).next()).isEqualTo("sealway backup, then sealway backfill");
    }

    @Test
    void takesABackupOfTheVeryColumnsForOne(TestDatabase db, @TempDir Path directory) throws SQLException {
        createOrders(db);
        db.execute("UPDATE orders SET name = 'x' WHERE id = 2");
        InPlaceLife life = InPlaceLife.of(db, ORDERS);
        life.workflow().backup(Selection.ALL, directory.resolve("early"));
        life.expand();
        assertThatThrownBy(() -> life.workflow().backfill(Selection.ALL)).hasMessageContaining("no complete backup");
        Selection phone = new Selection(Set.of(), Set.of("phone"), OptionalInt.empty());
        life.workflow().backup(phone, directory.resolve("half"));
        assertThatThrownBy(() -> life.workflow().backfill(Selection.ALL)).hasMessageContaining("no complete backup");
        life.workflow().backup(Selection.ALL, directory.resolve("whole"));
        assertThat(life.workflow().backfill(Selection.ALL).passed()).isTrue();
        assertThat(encrypted(db, "name")).isEqualTo(229);
    }

    @Test
    void asksForABackupBeforeTheFirstWrite(TestDatabase db) throws SQLException {
        createOrders(db);
        db.execute("UPDATE orders SET name = 'x' WHERE id = 2");
        InPlaceLife life = InPlaceLife.of(db, ORDERS).expand();
        assertThatThrownBy(() -> life.workflow().backfill(Selection.ALL))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("no complete backup of the columns of")
                .hasMessageContaining("sealway backup");
        assertThat(encrypted(db, "name")).isZero();
        life.workflow().backfill(Selection.ALL, Optional.of("there is one of the whole disk"));
        assertThat(db.value("SELECT detail FROM sealway.run WHERE verb = 'backfill' AND outcome = 'done'"))
                .contains("without a backup of", "there is one of the whole disk");
        assertThat(life.workflow().backfill(Selection.ALL).passed()).isTrue();
    }

    @Test
    @DisplayName("T50 a value that looks like a ciphertext and does not decrypt stops the run before its first write")
    void stopsBeforeItWritesWhereAValueIsAmbiguous(TestDatabase db) throws SQLException {
        createOrders(db);
        InPlaceLife life = InPlaceLife.of(db, ORDERS.replace("where:", "already-encrypted: accept\n    where:"));
        String own = life.sealed("already there", "public.orders.name");
        String elsewhere = life.sealed("of another column", "public.orders.other");
        db.execute(
                "UPDATE orders SET name = '%s' WHERE id = 3".formatted(own),
                "UPDATE orders SET name = '%s' WHERE id = 4".formatted(elsewhere),
                "UPDATE orders SET name = 'vault:v1:hello' WHERE id = 5",
                "UPDATE orders SET phone = 'vault:v7:%s' WHERE id = 9".formatted("A".repeat(40)));
        String before = db.value("SELECT string_agg(xmin::text, ',' ORDER BY id) FROM orders");
        life.expand();
        assertThatThrownBy(life::backfill)
                .isInstanceOfSatisfying(
                        SealwayException.class, e -> assertThat(e.outcome()).isEqualTo(SealwayException.Outcome.FAILED))
                .hasMessageContaining("2 values of")
                .hasMessageContaining("row (4), column")
                .hasMessageContaining("row (9), column");
        assertThat(db.value("SELECT string_agg(xmin::text, ',' ORDER BY id) FROM orders"))
                .isEqualTo(before);
        assertThat(db.rows("SELECT row_key[1] FROM sealway.failed_row ORDER BY 1"))
                .containsExactly(List.of("4"), List.of("9"));
        db.execute("UPDATE orders SET name = 'corrected' WHERE id = 4", "UPDATE orders SET phone = NULL WHERE id = 9");
        assertThat(life.backfill().passed()).isTrue();
        assertThat(life.verify().passed()).isTrue();
        assertThat(db.value("SELECT name FROM orders WHERE id = 3")).isEqualTo(own);
        assertThat(InPlaceLife.readable(db, "orders", "name"))
                .containsEntry(4L, Optional.of("corrected"))
                .containsEntry(5L, Optional.of("vault:v1:hello"));
        assertThat(db.rows("SELECT * FROM sealway.failed_row")).isEmpty();
    }

    @Test
    void refusesLookalikesThatCameAfterThePlanWasChecked(TestDatabase db) throws SQLException {
        createOrders(db);
        db.execute("UPDATE orders SET name = 'x' WHERE id = 2");
        InPlaceLife life = InPlaceLife.of(db, ORDERS).expand();
        db.execute("UPDATE orders SET name = 'vault:v1:hello' WHERE id = 5");
        assertThatThrownBy(life::backfill)
                .hasMessageContaining("1 in column name (id 5)")
                .hasMessageContaining("already-encrypted: accept");
        assertThat(encrypted(db, "name")).isEqualTo(1);
    }

    @Test
    @DisplayName("T51 with bind: row a ciphertext copied from another row does not decrypt there")
    void noticesACopiedCiphertext(TestDatabase db) throws SQLException {
        createOrders(db);
        db.execute("UPDATE orders SET name = 'x' WHERE id = 2");
        InPlaceLife life = InPlaceLife.of(db, ORDERS.replace("where:", "bind: row\n    where:"));
        life.expand();
        life.backfill();
        assertThat(life.verify().passed()).isTrue();
        String own = db.value("SELECT name FROM orders WHERE id = 8");
        db.execute("UPDATE orders SET name = (SELECT name FROM orders WHERE id = 10) WHERE id = 8");
        VerifyReport.Column name = life.verify().tables().get(0).columns().get(0);
        assertThat(name.passed()).isFalse();
        assertThat(name.examples()).singleElement().asString().startsWith("row (8), column name");
        assertThat(life.workflow().status(Selection.ALL).next()).isEqualTo("sealway verify");
        assertThatThrownBy(life::rollback).hasMessageContaining("row (8)").hasMessageContaining("the ledger keeps");
        assertThat(encrypted(db, "name")).isEqualTo(1);
        db.execute("UPDATE orders SET name = '%s' WHERE id = 8".formatted(own));
        life.rollback();
        assertThat(db.value("SELECT name FROM orders WHERE id = 8")).isEqualTo("name 8");
    }

    @Test
    void noticesPlaintextThatAnOldApplicationWrote(TestDatabase db) throws SQLException {
        createOrders(db);
        db.execute("UPDATE orders SET name = 'x' WHERE id = 2");
        InPlaceLife life = InPlaceLife.withKeys(db, ORDERS).expand();
        life.backfill();
        assertThat(life.verify().tables().get(0).columns().get(0).evidence().orElseThrow())
                .hasSize(64);
        db.execute("UPDATE orders SET name = 'in clear' WHERE id = 8");
        VerifyReport.Column name = life.verify().tables().get(0).columns().get(0);
        assertThat(name.passed()).isFalse();
        assertThat(name.dirty()).isEqualTo(1);
        assertThat(life.backfill().tables().get(0).caughtUp()).isEqualTo(1);
        assertThat(life.verify().passed()).isTrue();
    }

    @Test
    void takesABatchBackThatATriggerAlters(TestDatabase db) throws SQLException {
        createOrders(db);
        db.execute("UPDATE orders SET name = 'x' WHERE id = 2");
        db.execute(
                "CREATE FUNCTION lower_name() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.name := lower(NEW.name); RETURN NEW; END'",
                "CREATE TRIGGER lower_name BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION lower_name()");
        List<List<String>> before = db.rows(ALL);
        InPlaceLife life = InPlaceLife.of(
                db,
                ORDERS
                        + "    dispositions: { \"trigger lower_name\": accept, \"function public.lower_name()\": accept }\n");
        life.expand();
        assertThatThrownBy(life::backfill).hasMessageContaining("changes what is written over a value");
        assertThat(db.rows(ALL)).isEqualTo(before);
    }

    @Test
    void namesRowsThatTheColumnDoesNotTake(TestDatabase db) throws SQLException {
        createOrders(db);
        db.execute("UPDATE orders SET name = 'x' WHERE id = 2");
        InPlaceLife life = InPlaceLife.of(db, ORDERS).expand();
        db.execute("UPDATE orders SET phone = repeat('9', 80) WHERE id = 7");
        var report = life.backfill();
        assertThat(report.tables().get(0).failures())
                .singleElement()
                .satisfies(f -> assertThat(f.words()).startsWith("row (7)").contains("22001"));
        assertThat(db.value("SELECT phone FROM orders WHERE id = 7")).isEqualTo("9".repeat(80));
        db.execute("UPDATE orders SET phone = '9' WHERE id = 7");
        assertThat(life.backfill().passed()).isTrue();
        assertThat(life.verify().passed()).isTrue();
    }

    @Test
    void leavesOthersCiphertextsAloneWhereNothingWasBegun(TestDatabase db) throws SQLException {
        createOrders(db);
        InPlaceLife life = InPlaceLife.of(db, ORDERS.replace("where:", "already-encrypted: accept\n    where:"));
        String own = life.sealed("already there", "public.orders.name");
        db.execute("UPDATE orders SET name = '%s' WHERE id = 3".formatted(own));
        life.expand().rollback();
        assertThat(db.value("SELECT name FROM orders WHERE id = 3")).isEqualTo(own);
        assertThat(db.rows("SELECT * FROM sealway.sealed_table")).isEmpty();
    }

    @Test
    void livesBesideATableThatIsExpanded(TestDatabase db) throws SQLException {
        createOrders(db);
        db.execute("UPDATE orders SET name = 'x' WHERE id = 2");
        db.execute(
                "CREATE TABLE people (id int PRIMARY KEY, email text)",
                "INSERT INTO people SELECT g, 'mail' || g FROM generate_series(1, 100) g");
        List<List<String>> before = db.rows(ALL);
        InPlaceLife life = InPlaceLife.withKeys(db, ORDERS + "  public.people: { columns: { email: {} } }\n")
                .expand();
        assertThat(life.backfill().passed()).isTrue();
        assertThat(life.verify().passed()).isTrue();
        life.workflow().views(Selection.ALL);
        String phrase = life.workflow().status(Selection.ALL).phrase().orElseThrow();
        assertThat(phrase).contains("drop test 1 columns");
        life.workflow().contract(Selection.ALL, Life.terms(phrase));
        assertThat(
                        db.rows(
                                "SELECT attname FROM pg_attribute WHERE attrelid = 'people'::regclass AND attnum > 0 AND NOT attisdropped"))
                .doesNotContain(List.of("email"));
        assertThat(
                        db.rows(
                                "SELECT attname FROM pg_attribute WHERE attrelid = 'orders'::regclass AND attnum > 0 AND NOT attisdropped"))
                .hasSize(4);
        life.workflow().rollback(new Selection(Set.of("orders"), Set.of(), OptionalInt.empty()));
        assertThat(db.rows(ALL)).isEqualTo(before);
    }
}
