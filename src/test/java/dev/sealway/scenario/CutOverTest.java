package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import dev.sealway.phase.cutover.CutOverReport;
import dev.sealway.phase.verify.VerifyReport;
import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The encrypted columns become authoritative while the plaintext stays. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class CutOverTest {

    static final String TABLES = """
            tables:
              public.users:
                columns:
                  email: { search: { normalizer: email, unique: carry, accept-leakage: "few rows" } }
                  phone: {}
            """;

    static Life life(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE users (id int PRIMARY KEY, tenant int NOT NULL DEFAULT 1, email text NOT NULL DEFAULT 'none',"
                        + " phone text, CONSTRAINT one_email UNIQUE (tenant, email) DEFERRABLE)",
                "CREATE TABLE child (user_id int REFERENCES users)",
                "INSERT INTO users (id, email, phone) SELECT g, 'a' || g || '@b.c', nullif('0' || g, '07') FROM generate_series(1, 60) g");
        return Life.of(database, TABLES);
    }

    static CutOverReport cutOver(Life life) {
        return life.sealway().cutOver(Selection.ALL, Duration.ZERO);
    }

    /** Writes the encrypted column alone. */
    static void writeEmail(Life life, int id, String value) throws SQLException {
        var email = life.sealway().column("users.email");
        try (var connection = life.database().connect();
                var update = connection.prepareStatement(
                        "UPDATE users SET email_encrypted = ?, email_search = ? WHERE id = ?")) {
            update.setBytes(1, email.seal(value));
            update.setBytes(2, email.searchToken(value));
            update.setInt(3, id);
            update.executeUpdate();
        }
    }

    private static String phases(TestDatabase database) throws SQLException {
        return database.value("SELECT string_agg(DISTINCT phase, ',') FROM sealway.sealed_column");
    }

    @Test
    void movesConstraintsOverAndLetsThePlaintextBeNull(TestDatabase database) throws SQLException {
        Life life = life(database).toVerified();
        assertThat(cutOver(life).tables()).singleElement().satisfies(t -> assertThat(t.columns())
                .containsExactly("email", "phone"));
        assertThat(database.rows(
                        "SELECT attname, attnotnull, atthasdef FROM pg_attribute WHERE attrelid = 'users'::regclass"
                                + " AND attname LIKE 'email%' ORDER BY 1"))
                .containsExactly(
                        List.of("email", "f", "f"),
                        List.of("email_encrypted", "t", "f"),
                        List.of("email_search", "f", "f"));
        assertThat(database.rows(
                        "SELECT conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint WHERE conrelid = 'users'::regclass"
                                + " AND conname ~ 'one_email_sealed|fence' ORDER BY 1"))
                .containsExactly(
                        List.of("one_email_sealed", "UNIQUE (tenant, email_search) DEFERRABLE", "t"),
                        List.of("sealway_fence_2", "CHECK (((phone IS NULL) OR (phone_encrypted IS NOT NULL)))", "t"));
        assertThat(phases(database)).isEqualTo("cut over");
        assertThat(cutOver(life).tables()).isEmpty();
    }

    @Test
    void failsAWriteOfPlaintextAlone(TestDatabase database) throws SQLException {
        Life life = life(database).toVerified();
        cutOver(life);
        for (String write : List.of(
                "UPDATE users SET email = 'old@b.c' WHERE id = 3",
                "UPDATE users SET phone = '99' WHERE id = 3",
                "INSERT INTO users (id, email) VALUES (99, 'new@b.c')",
                "INSERT INTO users (id, phone) VALUES (99, '1')")) {
            assertThatThrownBy(() -> database.execute(write))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isIn("23514", "23502"));
        }
        database.execute("UPDATE users SET phone = NULL WHERE id = 4", "UPDATE users SET tenant = 2 WHERE id = 5");
        assertThat(database.rows("SELECT phone_encrypted FROM users WHERE id = 4")
                        .get(0))
                .containsOnlyNulls();
    }

    @Test
    @DisplayName(
            "T13 an encrypted-only write nulls the plaintext, a dual write keeps both, and verify counts the first")
    void keepsThePlaintextTrueOrEmpty(TestDatabase database) throws SQLException {
        Life life = life(database).toVerified();
        cutOver(life);
        writeEmail(life, 3, "fresh@b.c");
        var email = life.sealway().column("users.email");
        try (var connection = database.connect();
                var both = connection.prepareStatement(
                        "UPDATE users SET email = 'both@b.c', email_encrypted = ?, email_search = ? WHERE id = 4")) {
            both.setBytes(1, email.seal("both@b.c"));
            both.setBytes(2, email.searchToken("both@b.c"));
            both.executeUpdate();
        }
        assertThat(database.rows("SELECT id, email FROM users WHERE id IN (3, 4) ORDER BY 1")
                        .toString())
                .isEqualTo("[[3, null], [4, both@b.c]]");
        VerifyReport report = life.sealway().verify(Selection.ALL);
        assertThat(report.passed()).isTrue();
        VerifyReport.Column first = report.tables().get(0).columns().get(0);
        assertThat(List.of(first.proven(), first.onlyEncrypted(), first.mismatched()))
                .containsExactly(59L, 1L, 0L);
        assertThat(phases(database)).isEqualTo("cut over");
        life.contract();
        assertThat(email.open(
                        life.database().rows("SELECT encode(email_encrypted, 'hex') FROM users WHERE id = 3").stream()
                                .map(r -> HexFormat.of().parseHex(String.valueOf(r.get(0))))
                                .findFirst()
                                .orElseThrow()))
                .isEqualTo("fresh@b.c");
    }

    @Test
    void endsWhereAContractWithoutACutOverEnds(TestDatabase database) throws SQLException {
        Life life = life(database).toVerified();
        cutOver(life);
        writeEmail(life, 3, "fresh@b.c");
        life.contract();
        assertThat(phases(database)).isEqualTo("contracted");
        assertThat(database.rows(
                                "SELECT conname FROM pg_constraint WHERE conrelid = 'users'::regclass AND contype <> 'n' ORDER BY 1")
                        .toString())
                .isEqualTo("[[one_email_sealed], [sealway_shape_1], [sealway_shape_2], [users_pkey]]");
        assertThat(database.rows(
                        "SELECT tgname FROM pg_trigger WHERE tgrelid = 'users'::regclass AND NOT tgisinternal"))
                .isEmpty();
        assertThat(database.rows(
                                "SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = 'users'::regclass ORDER BY 1")
                        .toString())
                .isEqualTo("[[one_email_sealed], [users_email_search_idx], [users_pkey]]");
        assertThat(database.rows("SELECT kind, name FROM sealway.saved_definition WHERE kind IN ('not null', 'default')"
                                + " AND run_id = (SELECT max(id) FROM sealway.run WHERE verb = 'contract') ORDER BY 1")
                        .toString())
                .isEqualTo("[[default, email], [not null, email]]");
    }

    @Test
    @DisplayName("T72 A2: a rollback after the cut over fills the plaintext and gives back what it had")
    void leadsBack(TestDatabase database) throws SQLException {
        Life life = life(database);
        String before = RollbackTest.shape(database);
        for (int round = 1; round <= 2; round++) {
            life.toVerified();
            life.sealway().views(Selection.ALL);
            cutOver(life);
            writeEmail(life, 3, "fresh" + round + "@b.c");
            assertThat(life.sealway().rollback(Selection.ALL).tables()).hasSize(1);
            assertThat(RollbackTest.shape(database)).isEqualTo(before);
            assertThat(database.value("SELECT email FROM users WHERE id = 3")).isEqualTo("fresh" + round + "@b.c");
            assertThat(database.value("SELECT count(*) FROM users WHERE email = 'a' || id || '@b.c'"))
                    .isEqualTo("59");
            assertThat(database.value(
                            "SELECT column_default FROM information_schema.columns WHERE column_name = 'email'"))
                    .isEqualTo("'none'::text");
            assertThat(database.value("SELECT count(*) FROM sealway.sealed_table"))
                    .isEqualTo("0");
        }
    }

    @Test
    @DisplayName("T24 a rollback gives back what a table had to the table, not to another that has its old name")
    void followsARename(TestDatabase database) throws SQLException {
        Life life = life(database).toVerified();
        cutOver(life);
        database.execute(
                "ALTER TABLE users RENAME TO people",
                "CREATE TABLE users (id int PRIMARY KEY, tenant int, email text, phone text)",
                "INSERT INTO users (id) VALUES (1)");
        life.replan(TABLES.replace("public.users", "public.people")).sealway().rollback(Selection.ALL);
        assertThat(
                        database.value(
                                "SELECT string_agg(concat_ws(' ', table_name, column_default, is_nullable), ',' ORDER BY 1)"
                                        + " FROM information_schema.columns WHERE column_name = 'email' AND table_schema = 'public'"))
                .isEqualTo("people 'none'::text NO,users YES");
    }

    @Test
    @DisplayName("a cut over that is killed after any step goes on when it is run again")
    void goesOnAfterEveryStep(TestDatabase database) throws SQLException {
        Life life = life(database).toVerified();
        List<String> steps = new ArrayList<>();
        for (int killedAt = 1; killedAt <= 4; killedAt++) {
            int[] left = {killedAt};
            life.whenTold(step -> {
                steps.add(step);
                if (--left[0] == 0) {
                    throw new IllegalStateException("killed");
                }
            });
            assertThatThrownBy(() -> cutOver(life)).hasMessage("killed");
            assertThat(phases(database)).isEqualTo(killedAt < 4 ? "verified" : "cut over");
        }
        life.whenTold(step -> {});
        assertThat(cutOver(life).tables()).isEmpty();
        assertThat(steps)
                .contains(
                        "Put up the fences of public.users",
                        "Validated the fences of public.users",
                        "Built index one_email_sealed",
                        "Cut over column public.users.email");
        writeEmail(life, 3, "fresh@b.c");
        life.contract();
    }

    @Test
    void canBeLeftOutOrRolledBackAfterItWasBegun(TestDatabase database) throws SQLException {
        Life life = life(database);
        String before = RollbackTest.shape(database);
        for (boolean back : new boolean[] {true, false}) {
            life.whenTold(step -> {}).toVerified();
            life.whenTold(step -> {
                if (step.startsWith("Validated")) {
                    throw new IllegalStateException("killed");
                }
            });
            assertThatThrownBy(() -> cutOver(life)).hasMessage("killed");
            life.whenTold(step -> {});
            if (back) {
                life.sealway().rollback(Selection.ALL);
                assertThat(RollbackTest.shape(database)).isEqualTo(before);
            } else {
                life.contract();
                assertThat(phases(database)).isEqualTo("contracted");
            }
        }
    }

    @Test
    void cutsOverOneColumnAndGoesOnWithTheOther(TestDatabase database) throws SQLException {
        Life life = life(database).toVerified();
        Selection email = new Selection(Set.of(), Set.of("email"), OptionalInt.empty());
        life.sealway().cutOver(email, Duration.ZERO);
        assertThat(phases(database)).isEqualTo("cut over,verified");
        writeEmail(life, 3, "fresh@b.c");
        database.execute("UPDATE users SET phone = '33' WHERE id = 3");
        assertThat(database.value("SELECT phone_encrypted IS NULL AND email IS NULL FROM users WHERE id = 3"))
                .isEqualTo("t");
        assertThat(life.sealway().backfill(Selection.ALL).passed()).isTrue();
        assertThat(life.sealway().verify(Selection.ALL).passed()).isTrue();
        assertThat(phases(database)).isEqualTo("cut over,verified");
        life.sealway().rollback(email);
        assertThat(database.value("SELECT email FROM users WHERE id = 3")).isEqualTo("fresh@b.c");
        assertThat(phases(database)).isEqualTo("verified");
        Selection phone = new Selection(Set.of(), Set.of("phone"), OptionalInt.empty());
        life.sealway()
                .contract(
                        phone, Life.terms(life.sealway().status(phone).phrase().orElseThrow()));
        assertThat(database.value("SELECT email FROM users WHERE id = 3")).isEqualTo("fresh@b.c");
    }

    @Test
    void asksForAFreshVerifyOnceVerifyHasFoundItWrong(TestDatabase database) throws SQLException {
        Life life = life(database).toVerified();
        cutOver(life);
        database.execute("SET sealway.mode = 'scrub'; UPDATE users SET phone = 'wrong' WHERE id = 9");
        assertThat(life.sealway().verify(Selection.ALL).passed()).isFalse();
        assertThat(phases(database)).isEqualTo("cut over");
        String phrase = life.phrase();
        assertThatThrownBy(() -> life.sealway().contract(Selection.ALL, phrase))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("no verify holds for it any more");
        assertThatThrownBy(() -> life.sealway().rollback(Selection.ALL))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("row (9), column phone")
                .hasMessageContaining("in a transaction that begins with SET LOCAL sealway.mode = 'scrub'");
        database.execute("BEGIN; SET LOCAL sealway.mode = 'scrub'; UPDATE users SET phone = NULL WHERE id = 9; COMMIT");
        assertThat(database.value("SELECT phone_encrypted IS NOT NULL FROM users WHERE id = 9"))
                .isEqualTo("t");
        assertThat(life.sealway().verify(Selection.ALL).passed()).isTrue();
        life.sealway().contract(Selection.ALL, Life.terms(phrase));
    }

    @Test
    void keepsABackupAndATokenRotationFromAColumnThatIsCutOver(
            TestDatabase database, @org.junit.jupiter.api.io.TempDir java.nio.file.Path directory) throws SQLException {
        Life life = life(database).toVerified();
        cutOver(life);
        assertThatThrownBy(() -> life.sealway().backup(Selection.ALL, directory))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("a backup of it would lack values");
        life.rekey(dev.sealway.testing.TokenKeys.promoted(
                String.valueOf(life.environment().get("SEALWAY_KEYS"))));
        assertThatThrownBy(() -> life.sealway().tokens().start(Selection.ALL, java.util.OptionalLong.empty()))
                .isInstanceOf(SealwayException.class);
    }

    @Test
    void refusesWhatIsNotVerified(TestDatabase database) throws SQLException {
        Life life = life(database).expand();
        assertThatThrownBy(() -> cutOver(life))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("column public.users.email is expanded")
                .hasMessageContaining("sealway verify");
    }

    @Test
    void refusesWhileSomethingThatReadsThePlaintextIsUndecided(TestDatabase database) throws SQLException {
        Life life = life(database);
        database.execute("CREATE VIEW mails AS SELECT email FROM users");
        life.toVerified();
        assertThatThrownBy(() -> cutOver(life))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("\"view public.mails\": drop");
        assertThat(phases(database)).isEqualTo("verified");
    }

    @Test
    void refusesATableWhoseDefinitionChangedSinceVerify(TestDatabase database) throws SQLException {
        Life life = life(database).toVerified();
        database.execute("ALTER TABLE users ALTER COLUMN tenant SET DEFAULT 2");
        assertThatThrownBy(() -> cutOver(life))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("has changed since it was verified");
        assertThat(database.value("SELECT count(*) FROM pg_constraint WHERE conname LIKE 'sealway_fence%'"))
                .as("fences, which turn writers away")
                .isEqualTo("0");
        database.execute("UPDATE users SET email = 'plain@b.c' WHERE id = 5");
        assertThat(life.sealway().verify(Selection.ALL).passed()).isTrue();
        cutOver(life);
    }
}
