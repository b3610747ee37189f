package dev.sealway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.batch.WalkListener;
import dev.sealway.crypto.transit.TransitCipher;
import dev.sealway.error.SealwayException;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import dev.sealway.testing.transit.InPlaceLife;
import dev.sealway.testing.vault.Administrator;
import dev.sealway.testing.vault.FakeVault;
import dev.sealway.testing.vault.Meddling;
import dev.sealway.testing.vault.Vaults;
import dev.sealway.vault.Transit;
import dev.sealway.vault.TransitSettings;
import dev.sealway.vault.VaultConnection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A Vault that fails in the middle, while a table is encrypted in place and decrypted back. Every value names its row, and is
 * bound to it.
 */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
class InPlaceFaultsTest {

    private static final String PEOPLE = """
            tables:
              public.people:
                mode: in-place
                cipher: transit
                bind: row
                columns: { email: {}, name: {} }
            """;

    /** More batches than are ever read ahead of the writer. */
    private static final int ROWS = 1_200;

    private static final String ALL = "SELECT id, email, name FROM people ORDER BY id";

    private final FakeVault vault = FakeVault.start();
    private final Administrator administrator = new Administrator(vault);
    private List<List<String>> before = List.of();
    private InPlaceLife life;

    @BeforeEach
    void createsPeopleAndTheirKey(TestDatabase db) throws SQLException {
        administrator.post("transit/keys/people", Map.of());
        db.execute(
                "CREATE TABLE people (id int PRIMARY KEY, email text, name text)",
                "INSERT INTO people SELECT g, 'CNRY-e' || g, CASE WHEN g %% 7 > 0 THEN 'CNRY-n' || g END FROM generate_series(1, %d) g"
                        .formatted(ROWS));
        before = db.rows(ALL);
        life = InPlaceLife.of(db, PEOPLE)
                .sealingWith(cipher(Vaults.connect(vault)))
                .batchesOf(20)
                .expand();
    }

    @AfterEach
    void stopsVault() {
        vault.close();
    }

    private static TransitCipher cipher(VaultConnection connection) {
        return new TransitCipher(new Transit(connection, TransitSettings.of("transit", "people")));
    }

    @Test
    @DisplayName("T34 a Vault that is sealed in the middle ends the run clearly; the next goes on, there and back")
    void continuesAfterVaultWasSealed(TestDatabase db) throws SQLException {
        life.listening(afterBatches(4, vault::seal));
        requireQuiet(life::backfill, "is sealed");
        vault.unseal();
        assertThat(encrypted(db)).isBetween(1, ROWS - 1);
        life.listening(WalkListener.NONE);
        assertThat(life.backfill().passed()).isTrue();
        assertThat(life.verify().passed()).isTrue();
        life.listening(afterBatches(4, vault::seal));
        requireQuiet(life::rollback, "is sealed");
        vault.unseal();
        assertThat(encrypted(db)).isBetween(1, ROWS - 1);
        life.listening(WalkListener.NONE);
        comesBack(db);
    }

    @Test
    @DisplayName("T34 a token that expires in the middle ends the run clearly; the next goes on")
    void continuesAfterATokenExpired(TestDatabase db) throws SQLException {
        String token = administrator.tokenFor("people", "path \"transit/*\" { capabilities = [\"read\", \"update\"] }");
        life.sealingWith(cipher(Vaults.connect(vault, token, Map.of())))
                .listening(afterBatches(4, () -> vault.expire(token)));
        requireQuiet(life::backfill, "token");
        assertThat(encrypted(db)).isBetween(1, ROWS - 1);
        life.sealingWith(cipher(Vaults.connect(vault))).listening(WalkListener.NONE);
        assertThat(life.backfill().passed()).isTrue();
        comesBack(db);
    }

    static List<Meddling> lies() {
        return List.of(
                Meddling.shuffled(),
                Meddling.shortened(),
                Meddling.truncated(),
                Meddling.reset(),
                Meddling.status(400, "{\"errors\":[\"CNRY-body\"]}"),
                Meddling.status(503, "CNRY-body"));
    }

    @ParameterizedTest
    @MethodSource("lies")
    @DisplayName("T52 answers that are shuffled, short, torn or wrong never give a row another's value, there and back")
    void neverMixesRowsUp(Meddling lie, TestDatabase db) throws SQLException {
        life.listening(afterBatches(2, () -> vault.next("encrypt/people", lie, lie, lie)));
        untilItPasses(life::backfill);
        life.listening(WalkListener.NONE);
        assertThat(life.backfill().passed()).isTrue();
        assertThat(life.verify().passed()).isTrue();
        life.listening(afterBatches(2, () -> vault.next("decrypt/people", lie, lie, lie)));
        untilItPasses(life::rollback);
        assertThat(db.rows(ALL)).isEqualTo(before);
    }

    @Test
    void neverTakesAnOutageForAUsersText(TestDatabase db) throws SQLException {
        life.backfill();
        db.execute("DELETE FROM sealway.checkpoint", "UPDATE sealway.sealed_column SET phase = 'expanded'");
        InPlaceLife again = InPlaceLife.of(db, PEOPLE.replace("bind:", "already-encrypted: accept\n    bind:"))
                .sealingWith(cipher(Vaults.connect(vault)));
        vault.seal();
        requireQuiet(again::backfill, "is sealed");
        assertThat(db.rows("SELECT * FROM sealway.failed_row")).isEmpty();
        vault.unseal();
        assertThat(again.backfill().passed()).isTrue();
        comesBack(db);
    }

    private void comesBack(TestDatabase db) throws SQLException {
        life.rollback();
        assertThat(db.rows(ALL)).isEqualTo(before);
    }

    /** Each answer spoils one run at most. */
    private static void untilItPasses(Runnable run) {
        for (int attempt = 1; attempt <= 4; attempt++) {
            try {
                run.run();
                return;
            } catch (SealwayException e) {
                assertThat(e).hasMessageNotContaining("CNRY");
            }
        }
        throw new AssertionError("it never passes");
    }

    private static void requireQuiet(Runnable run, String why) {
        assertThatThrownBy(run::run)
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("CNRY");
    }

    private static WalkListener afterBatches(int batches, Runnable then) {
        return new WalkListener() {
            private int committed;

            @Override
            public void committed(int rows) {
                if (++committed == batches) {
                    then.run();
                }
            }
        };
    }

    private static int encrypted(TestDatabase db) throws SQLException {
        return Integer.parseInt(db.value("SELECT count(*) FROM people WHERE email LIKE 'vault:v1:%'"));
    }
}
