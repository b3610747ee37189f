package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sealway.Sealway;
import dev.sealway.phase.reencrypt.ReencryptReport;
import dev.sealway.plan.Selection;
import dev.sealway.testing.Life;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import dev.sealway.testing.vault.Administrator;
import dev.sealway.testing.vault.FakeVault;
import dev.sealway.workflow.KeyStatusReport;
import dev.sealway.workflow.ReencryptTerms;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A key of Vault's Transit that was rotated there: rows move to its newest version. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class TransitReencryptTest {

    private static final String PEOPLE = "tables:\n  public.people:\n    columns: { email: {} }\n";

    private final FakeVault vault = FakeVault.start();
    private final Administrator administrator = new Administrator(vault);

    @BeforeEach
    void makesTheKey(TestDatabase database) throws SQLException {
        administrator.post("transit/keys/people", Map.of());
        database.execute(
                "CREATE TABLE people (id bigint PRIMARY KEY, email text)",
                "INSERT INTO people SELECT g, CASE WHEN g % 10 > 0 THEN 'a' || g END FROM generate_series(1, 700) g");
    }

    @AfterEach
    void stopsVault() {
        vault.close();
    }

    private long asked(String path) {
        return vault.requests("POST", "transit/%s/people".formatted(path));
    }

    private static ReencryptReport.Table reencrypt(Sealway sealway) {
        return sealway.keys()
                .reencrypt(Selection.ALL, ReencryptTerms.USUAL)
                .tables()
                .get(0);
    }

    private static List<List<String>> versions(TestDatabase database, String column) throws SQLException {
        return database.rows(
                "SELECT substring(%1$s, '^vault:v[0-9]+:'), count(*) FROM people WHERE %1$s IS NOT NULL GROUP BY 1"
                        .formatted(column));
    }

    private static List<KeyStatusReport.Key> keys(Sealway sealway) {
        return sealway.keys().status().keysets().get(0).keys();
    }

    @Test
    @DisplayName("T32 what is bound is decrypted and encrypted, by a Sealway that was there before the rotation")
    void movesWhatIsBound(TestDatabase database) throws SQLException {
        Life life = Life.onVault(database, vault, PEOPLE).toContracted();
        Sealway sealway = life.sealway();
        assertThat(reencrypt(sealway).rewritten()).isZero();
        administrator.post("transit/keys/people/rotate", Map.of());
        assertThat(keys(sealway))
                .extracting(KeyStatusReport.Key::id, KeyStatusReport.Key::state, KeyStatusReport.Key::rows)
                .containsExactly(tuple(1L, "enabled", 630L), tuple(2L, "primary", 0L));
        assertThat(sealway.keys().status().next()).contains("sealway keys reencrypt");
        ReencryptReport.Table done = reencrypt(sealway);
        assertThat(done.rewritten()).isEqualTo(630);
        assertThat(done.older()).isZero();
        assertThat(versions(database, "email_encrypted")).containsExactly(List.of("vault:v2:", "630"));
        assertThat(asked("rewrap")).isZero();
        administrator.post("transit/keys/people/config", Map.of("min_decryption_version", 2));
        assertThat(life.sealway()
                        .column("people.email")
                        .openText(database.value("SELECT email_encrypted FROM people WHERE id = 7")))
                .isEqualTo("a7");
    }

    @Test
    @DisplayName("T32 what is bound to nothing is rewrapped, and no plaintext leaves Vault")
    void rewrapsWhatIsBoundToNothing(TestDatabase database) throws SQLException {
        Life life = Life.onVault(database, vault, PEOPLE.replace("columns:", "bind: none\n    columns:"))
                .toVerified();
        administrator.post("transit/keys/people/rotate", Map.of());
        long decrypted = asked("decrypt");
        assertThat(reencrypt(life.sealway()).rewritten()).isEqualTo(630);
        assertThat(asked("decrypt") - decrypted)
                .as("only the canary is opened: 630 rows would take more requests")
                .isLessThan(7);
        assertThat(asked("rewrap")).isPositive();
        assertThat(versions(database, "email_encrypted")).containsExactly(List.of("vault:v2:", "630"));
        assertThat(life.sealway().verify(Selection.ALL).passed()).isTrue();
    }

    @Test
    void movesWhatIsEncryptedInPlaceAlsoOutsideOfWhere(TestDatabase database) throws SQLException {
        Life life = Life.onVault(
                database,
                vault,
                PEOPLE.replace("columns:", "mode: in-place\n    bind: none\n    where: id <= 650\n    columns:"));
        life.expand();
        life.sealway().backfillWithoutBackup(Selection.ALL, "a test has no need of a backup");
        database.execute("UPDATE people SET email = (SELECT email FROM people WHERE id = 1) WHERE id = 651");
        administrator.post("transit/keys/people/rotate", Map.of());
        ReencryptReport.Table done = reencrypt(life.sealway());
        assertThat(done.rewritten()).isEqualTo(586);
        assertThat(done.older()).isZero();
        assertThat(database.value("SELECT count(*) FROM people WHERE email LIKE 'vault:v1:%'"))
                .isEqualTo("0");
        assertThat(database.value("SELECT email FROM people WHERE id = 652")).isEqualTo("a652");
    }
}
