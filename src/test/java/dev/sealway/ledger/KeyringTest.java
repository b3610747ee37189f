package dev.sealway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.crypto.Canary;
import dev.sealway.crypto.KeyBundle;
import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Sql;
import dev.sealway.testing.PostgresExtension;
import dev.sealway.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class KeyringTest {

    private static final KeyBundle PRODUCTION = PretendedBundle.of("aaaa", 11L);
    private static final KeyBundle STAGING = PretendedBundle.of("bbbb", 22L);
    private static final KeyBundle ROTATED = PretendedBundle.of("cccc", 11L, 33L);

    private LedgerFixture ledger;

    @BeforeEach
    void installsTheLedger(TestDatabase test) throws SQLException {
        ledger = new LedgerFixture(test);
    }

    private void record(KeyBundle bundle) {
        ledger.write(tx -> Keyring.in(tx).record(bundle));
    }

    @Test
    void keepsACanaryOfEachKeysetThatCanMakeOne(TestDatabase test) throws SQLException {
        record(PRODUCTION);
        record(PRODUCTION);
        assertThat(test.rows("""
                SELECT keyset, purpose, key_id, fingerprint, convert_from(canary, 'UTF8'), is_primary
                  FROM sealway.keyring ORDER BY keyset"""))
                .hasToString("[[audit/default, mac, 11, aaaa, null, t],"
                        + " [data/default, aead, 11, aaaa, data/default#11, t],"
                        + " [token/default, prf, 11, aaaa, token/default#11, t]]");
    }

    @Test
    @DisplayName("T30 refuses another bundle before the first write")
    void refusesAnotherBundleBeforeTheFirstWrite(TestDatabase test) throws SQLException {
        record(PRODUCTION);
        test.execute("INSERT INTO users VALUES (1, 'CANARY-ann', NULL)");
        String before = test.value("SELECT xmin::text || ctid::text FROM users");
        assertThatThrownBy(() -> ledger.write(tx -> {
                    Keyring.in(tx).record(STAGING);
                    tx.execute(Sql.of("UPDATE public.users SET email = NULL"));
                }))
                .isInstanceOf(WrongKeyBundleException.class)
                .hasMessage(
                        "this is not the key bundle of this database: its keyset data/default does not know key 11, which sealed data here; the database was last used with the bundle of fingerprint aaaa, this one has bbbb; nothing was written: point the plan's keys at the right bundle (staging keys on a production database?)")
                .extracting(e -> ((SealwayException) e).outcome().exitCode())
                .isEqualTo(3);
        assertThat(test.value("SELECT xmin::text || ctid::text FROM users")).isEqualTo(before);
        assertThat(test.value("SELECT count(*) FROM sealway.keyring WHERE fingerprint = 'bbbb'"))
                .isEqualTo("0");
    }

    @Test
    void takesARotatedBundleAndThenRefusesTheOldOne(TestDatabase test) throws SQLException {
        record(PRODUCTION);
        record(ROTATED);
        assertThat(
                        test.rows(
                                "SELECT key_id, fingerprint, is_primary FROM sealway.keyring WHERE keyset = 'data/default' ORDER BY key_id"))
                .hasToString("[[11, cccc, f], [33, cccc, t]]");
        assertThatThrownBy(() -> record(PRODUCTION))
                .isInstanceOf(WrongKeyBundleException.class)
                .hasMessageContaining("does not know key 33");
    }

    @Test
    void letsOnlyTheFirstOfTwoFirstBundlesIn(TestDatabase test) throws Exception {
        ExecutorService second = Executors.newSingleThreadExecutor();
        try {
            Future<?> recording = ledger.writing(tx -> {
                Keyring.in(tx).record(PRODUCTION);
                Future<?> other = second.submit(() -> record(STAGING));
                waitUntilASessionWaitsForALock();
                return other;
            });
            assertThatThrownBy(recording::get).hasCauseInstanceOf(WrongKeyBundleException.class);
        } finally {
            second.shutdownNow();
        }
        assertThat(test.value("SELECT DISTINCT fingerprint FROM sealway.keyring"))
                .isEqualTo("aaaa");
    }

    private void waitUntilASessionWaitsForALock() {
        Sql waiting = Sql.of("""
                SELECT EXISTS (SELECT FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_database d ON d.oid = l.database
                                WHERE d.datname = pg_catalog.current_database() AND NOT l.granted)""");
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!ledger.<Boolean>reading(tx -> tx.isTrue(waiting))) {
            assertThat(System.nanoTime()).as("no session waits for a lock").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void warnsWhenAKeyHasMadeHalfOfItsEncryptions() {
        record(PRODUCTION);
        ledger.write(tx -> {
            Keyring keyring = Keyring.in(tx);
            assertThat(keyring.addEncryptions("data/default", 11, Keyring.WARNING - 1))
                    .isEmpty();
            assertThat(keyring.addEncryptions("data/default", 11, 1).orElseThrow())
                    .contains("key 11 of keyset data/default has made 2147483648 encryptions")
                    .contains("make it the primary");
        });
    }

    @Test
    void pretendsAsItSays() {
        assertThat(STAGING.acceptsCanary("data/default", STAGING.canary("data/default")))
                .isTrue();
        assertThat(STAGING.acceptsCanary("data/default", PRODUCTION.canary("data/default")))
                .isFalse();
        assertThat(ROTATED.acceptsCanary("token/default", PRODUCTION.canary("token/default")))
                .isTrue();
        assertThat(STAGING.acceptsCanary("token/default", STAGING.canary("data/default")))
                .isFalse();
    }

    @Test
    void keepsACanaryOfAKeyOutOfTheBundleBesideTheBundles(TestDatabase test) throws SQLException {
        record(PRODUCTION);
        record(new PretendedKey("transit/shop", 1, 2, "here"));
        record(new PretendedKey("transit/shop", 1, 3, "here"));
        record(PRODUCTION);
        assertThat(test.rows("""
                SELECT purpose, key_id, convert_from(canary, 'UTF8'), is_primary
                  FROM sealway.keyring WHERE keyset = 'transit/shop' ORDER BY key_id"""))
                .hasToString(
                        "[[vault-transit, 1, null, f], [vault-transit, 2, here#2, f], [vault-transit, 3, here#3, t]]");
    }

    @Test
    @DisplayName("T30 refuses another Vault, mount or key before the first write")
    void refusesAKeyThatDoesNotKnowItsCanary(TestDatabase test) throws SQLException {
        record(new PretendedKey("transit/shop", 1, 2, "here"));
        assertThatThrownBy(() -> record(new PretendedKey("transit/shop", 1, 9, "elsewhere")))
                .isInstanceOf(WrongKeyException.class)
                .hasMessage(
                        "this is not the key of this database: transit/shop does not open the canary that its version 2 left here; nothing was written: point the plan at the right service, mount and key (a staging Vault on a production database?)");
        assertThat(test.value("SELECT max(key_id) FROM sealway.keyring")).isEqualTo("2");
    }

    @Test
    void saysNothingOfACanaryThatMayNotBeOpenedAnyMore() {
        record(new PretendedKey("transit/shop", 1, 2, "here"));
        record(new PretendedKey("transit/shop", 1, 3, "here"));
        record(new PretendedKey("transit/shop", 3, 3, "here"));
        assertThatThrownBy(() -> record(new PretendedKey("transit/shop", 4, 5, "here")))
                .isInstanceOf(WrongKeyException.class)
                .hasMessageContaining("set its min_decryption_version to 3 for one run");
    }

    @Test
    void keepsTwoKindsOfOneNameApart() {
        record(PRODUCTION);
        assertThatThrownBy(() -> record(new PretendedKey("data/default", 11, 11, "here")))
                .isInstanceOf(WrongKeyException.class)
                .hasMessageContaining("knows a keyset data/default of another kind already");
    }

    private void record(Canary key) {
        ledger.write(tx -> Keyring.in(tx).record(key));
    }

    /** Its canary of version 3 in a Vault {@code here} is the text {@code here#3}. */
    private record PretendedKey(String keyset, long oldest, long primaryKeyId, String vault) implements Canary {

        @Override
        public String purpose() {
            return "vault-transit";
        }

        @Override
        public String fingerprint() {
            return "f";
        }

        @Override
        public List<Long> keyIds() {
            return LongStream.rangeClosed(oldest, primaryKeyId).boxed().toList();
        }

        @Override
        public byte[] make() {
            return text(primaryKeyId).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public boolean accepts(byte[] canary) {
            String given = new String(canary, StandardCharsets.UTF_8);
            return keyIds().stream().anyMatch(id -> text(id).equals(given));
        }

        private String text(long id) {
            return "%s#%d".formatted(vault, id);
        }
    }
}
