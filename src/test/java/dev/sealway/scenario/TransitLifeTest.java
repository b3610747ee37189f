package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.Sealway;
import dev.sealway.error.SealwayException;
import dev.sealway.error.SealwayException.Outcome;
import dev.sealway.phase.verify.VerifyReport;
import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import dev.sealway.testing.vault.Administrator;
import dev.sealway.testing.vault.FakeVault;
import dev.sealway.workflow.SealedField;
import dev.sealway.workflow.Verb;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole life of columns that Vault's Transit engine seals. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class TransitLifeTest {

    private static final String PEOPLE = """
            tables:
              public.people:
                columns: { email: {}, member: {} }
            """;
    private static final int ROWS = 230;

    private final FakeVault vault = FakeVault.start();
    private final Administrator administrator = new Administrator(vault);

    @BeforeEach
    void createsPeopleAndTheirKey(TestDatabase database) throws SQLException {
        administrator.post("transit/keys/people", Map.of());
        database.execute(
                "CREATE TABLE people (id int PRIMARY KEY, email text NOT NULL, member boolean)",
                "INSERT INTO people SELECT g, 'Zoë' || g || '@example.org', nullif(g % 3, 0) = 1 FROM generate_series(1, "
                        + ROWS + ") g");
    }

    @AfterEach
    void stopsVault() {
        vault.close();
    }

    @Test
    void livesItsWholeLifeWithoutAKeyBundle(TestDatabase database) throws SQLException {
        Life life = Life.onVault(database, vault, PEOPLE).expand();
        assertThat(database.value("SELECT atttypid::regtype FROM pg_attribute"
                        + " WHERE attrelid = 'people'::regclass AND attname = 'email_encrypted'"))
                .isEqualTo("text");
        assertThat(life.sealway().backfill(Selection.ALL).passed()).isTrue();
        VerifyReport verified = life.sealway().verify(Selection.ALL);
        assertThat(verified.passed()).isTrue();
        assertThat(verified.tables().get(0).columns().get(0).proven()).isEqualTo(ROWS);
        assertThat(verified.tables().get(0).columns().get(0).evidence()).isEmpty();
        assertThat(database.value("SELECT count(*) FROM sealway.evidence")).isEqualTo("0");
        life.sealway().views(Selection.ALL);
        life.rehearse().contract();

        assertThat(database.value(
                        "SELECT count(*) FROM people WHERE email_encrypted ~ '^vault:v1:[A-Za-z0-9+/]{36,}={0,2}$'"))
                .isEqualTo(String.valueOf(ROWS));
        assertThat(database.value("SELECT count(*) FROM people WHERE member_encrypted IS NULL"))
                .isEqualTo(String.valueOf(ROWS / 3));
        assertThat(database.value("SELECT count(DISTINCT length(member_encrypted)) FROM people"))
                .isEqualTo("1");
        SealedField email = life.sealway().column("people.email");
        for (List<String> row : database.rows("SELECT id, email FROM people_sealed ORDER BY id")) {
            assertThat(email.openText(row.get(1))).isEqualTo("Zoë" + row.get(0) + "@example.org");
        }
    }

    @Test
    void goesBackAndForthAgain(TestDatabase database) throws SQLException {
        Life life = Life.onVault(database, vault, PEOPLE).toVerified();
        String before = database.value("SELECT md5(string_agg(email || member, ',' ORDER BY id)) FROM people");
        life.sealway().rollback(Selection.ALL);
        assertThat(database.value("SELECT count(*) FROM pg_attribute WHERE attrelid = 'people'::regclass"
                        + " AND attnum > 0 AND NOT attisdropped"))
                .isEqualTo("3");
        assertThat(database.value("SELECT md5(string_agg(email || member, ',' ORDER BY id)) FROM people"))
                .isEqualTo(before);
        life.toContracted();
        assertThat(life.sealway().column("people.email").openText(email(database, 7)))
                .isEqualTo("Zoë7@example.org");
    }

    @Test
    void keepsPlaintextOutOfTheEncryptedColumn(TestDatabase database) {
        Life.onVault(database, vault, PEOPLE).expand();
        for (String text :
                List.of("plain", "vault:v1:hello", "vault:v0:" + "A".repeat(40), " vault:v1:" + "A".repeat(40))) {
            assertThatThrownBy(() ->
                            database.execute("UPDATE people SET email_encrypted = '%s' WHERE id = 1".formatted(text)))
                    .as(text)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("sealway_shape");
        }
    }

    @Test
    @DisplayName("T51 with bind: row a ciphertext that was copied from another row is found")
    void findsACopiedCiphertext(TestDatabase database) throws SQLException {
        Life life = Life.onVault(database, vault, PEOPLE.replace("columns:", "bind: row\n    columns:"));
        life.toVerified();
        database.execute("UPDATE people SET email_encrypted = (SELECT email_encrypted FROM people WHERE id = 1),"
                + " email = (SELECT email FROM people WHERE id = 1) WHERE id = 2");
        VerifyReport.Column email =
                life.sealway().verify(Selection.ALL).tables().get(0).columns().get(0);
        assertThat(email.mismatched()).isEqualTo(1);
        assertThat(email.examples())
                .singleElement()
                .asString()
                .contains("row (2)")
                .contains("does not decrypt");
    }

    @Test
    void bindsToNothingWhereOthersReadByPlainTransit(TestDatabase database) throws SQLException {
        Life.onVault(database, vault, PEOPLE.replace("columns:", "bind: none\n    columns:"))
                .toVerified();
        Object plaintext = administrator
                .post("transit/decrypt/people", Map.of("ciphertext", email(database, 5)))
                .data()
                .get("plaintext");
        assertThat(new String(Base64.getDecoder().decode((String) plaintext), StandardCharsets.UTF_8))
                .isEqualTo("Zoë5@example.org");
    }

    @Test
    void searchesUnderTheKeysOfABundle(TestDatabase database) throws SQLException {
        Life life = Life.onVaultWithKeys(
                database,
                vault,
                PEOPLE.replace("email: {}", "email: { search: { normalizer: email, accept-leakage: \"a test\" } }"));
        life.toContracted();
        SealedField email = life.sealway().column("people.email");
        try (var connection = database.connect();
                var look = connection.prepareStatement("SELECT id FROM people WHERE email_search = ?")) {
            look.setBytes(1, email.searchToken("ZOë9@Example.org"));
            var found = look.executeQuery();
            assertThat(found.next()).isTrue();
            assertThat(found.getInt(1)).isEqualTo(9);
        }
        assertThat(database.value("SELECT count(*) FROM sealway.evidence WHERE chunk_no = -1"))
                .isEqualTo("2");
    }

    @Test
    void leavesVaultAloneWhereTheBundleSeals(TestDatabase database) throws SQLException {
        database.execute("CREATE TABLE notes (id int PRIMARY KEY, note text)", "INSERT INTO notes VALUES (1, 'n')");
        Life life = Life.onVaultWithKeys(
                database, vault, PEOPLE + "  public.notes: { cipher: tink, columns: { note: {} } }\n");
        life.expand();
        vault.close();
        Selection notes = new Selection(Set.of("public.notes"), Set.of(), OptionalInt.empty());
        assertThat(life.sealway().backfill(notes).passed()).isTrue();
        assertThat(life.sealway().verify(notes).passed()).isTrue();
        assertThat(life.sealway().status(Selection.ALL).columns()).hasSize(3);
    }

    @Test
    void estimatesAndPreviews(TestDatabase database) throws SQLException {
        Sealway sealway = Life.onVault(database, vault, PEOPLE).sealway();
        assertThat(sealway.estimate(Selection.ALL).tables().get(0).rows()).isEqualTo(ROWS);
        assertThat(sealway.preview(Verb.EXPAND, Selection.ALL)).anyMatch(l -> l.contains("email_encrypted text"));
        assertThat(database.value("SELECT count(*) FROM pg_attribute WHERE attname = 'email_encrypted'"))
                .isEqualTo("0");
    }

    @Test
    @DisplayName("T53 a missing key is refused before anything is written, and never created")
    void neverCreatesAKey(TestDatabase database) throws SQLException {
        administrator.post("transit/keys/people/config", Map.of("deletion_allowed", true));
        administrator.delete("transit/keys/people");
        Life life = Life.onVault(database, vault, PEOPLE);
        assertThatThrownBy(life::expand)
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("transit/people")
                .hasMessageContaining(vault.address());
        assertThat(administrator.get("transit/keys/people").status()).isEqualTo(404);
        assertThat(database.value("SELECT count(*) FROM pg_attribute WHERE attname = 'email_encrypted'"))
                .isEqualTo("0");
    }

    @Test
    @DisplayName("T30 a key of the same name in another Vault is refused before the first row is written")
    void refusesAnotherVault(TestDatabase database) throws SQLException {
        Life life = Life.onVault(database, vault, PEOPLE).expand();
        try (FakeVault other = FakeVault.start()) {
            new Administrator(other).post("transit/keys/people", Map.of());
            Map<String, String> staging = Map.of("VAULT_ADDR", other.address(), "VAULT_TOKEN", other.rootToken());
            assertThatThrownBy(() -> life.sealway(staging).backfill(Selection.ALL))
                    .isInstanceOfSatisfying(
                            SealwayException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.REFUSED))
                    .hasMessageContaining("transit/people");
        }
        assertThat(database.value("SELECT count(email_encrypted) FROM people")).isEqualTo("0");
    }

    @Test
    void freezesTheKeyThatTheEnvironmentNames(TestDatabase database) {
        administrator.post("transit/keys/shop", Map.of());
        Map<String, String> variables = new HashMap<>(
                Map.of("VAULT_ADDR", vault.address(), "VAULT_TOKEN", vault.rootToken(), "VAULT_TRANSIT_KEY", "shop"));
        Life life = Life.onVault(database, vault, PEOPLE).withoutTransitKey();
        assertThatThrownBy(() -> life.sealway().expand(Selection.ALL)).hasMessageContaining("VAULT_TRANSIT_KEY");
        life.sealway(variables).expand(Selection.ALL);
        variables.put("VAULT_TRANSIT_KEY", "people");
        assertThatThrownBy(() -> life.sealway(variables).expand(Selection.ALL))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("transit/shop")
                .hasMessageContaining("transit/people");
    }

    @Test
    @DisplayName("T20 values of many types come back byte for byte")
    void bringsValuesOfManyTypesBack(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE kinds (id int PRIMARY KEY, n numeric, f float8, at timestamptz, day date, b bytea, j jsonb,"
                        + " a text[], c char(6), r int4range, i inet, span interval, t text)",
                """
                INSERT INTO kinds VALUES
                  (1, 1.500, '-0', '0044-03-15 12:00+00 BC', 'infinity', '\\x00ff', '{"a": 1.0}', '{x,NULL,"y,z"}', 'ab', '[1,4)',
                   '10.0.0.0/8', '1 mon -1 day', ''),
                  (2, 'NaN', 1.7976931348623157e308, '294276-12-31 23:59:59.999999+00', '0001-01-01', '', 'null', '[2:3]={a,b}', '',
                   'empty', '::1', '00:00:00.000001', U&'e\\0301 \\+01F600'),
                  (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)""");
        Life life = Life.onVault(database, vault, """
                tables:
                  public.kinds:
                    columns: { n: {}, f: {}, at: {}, day: {}, b: {}, j: {}, a: {}, c: {}, r: {}, i: {}, span: {}, t: {} }
                """).toVerified();
        VerifyReport.Table proven =
                life.sealway().verify(Selection.ALL).tables().get(0);
        assertThat(proven.columns()).hasSize(12).allSatisfy(c -> {
            assertThat(c.proven()).isEqualTo(2);
            assertThat(c.nulls()).isEqualTo(1);
        });
        assertThat(life.sealway()
                        .column("kinds.b")
                        .openText(database.value("SELECT b_encrypted FROM kinds WHERE id = 1")))
                .isEqualTo("\\x00ff");
    }

    private static String email(TestDatabase database, int id) throws SQLException {
        return database.value("SELECT email_encrypted FROM people WHERE id = " + id);
    }
}
