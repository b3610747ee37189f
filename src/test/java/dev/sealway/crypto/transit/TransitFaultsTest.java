package dev.sealway.crypto.transit;

import static dev.sealway.crypto.transit.TransitFixture.plaintext;
import static dev.sealway.crypto.transit.TransitFixture.plaintexts;
import static dev.sealway.crypto.transit.TransitFixture.results;
import static dev.sealway.crypto.transit.TransitFixture.row;
import static dev.sealway.crypto.transit.TransitFixture.rows;
import static dev.sealway.crypto.transit.TransitFixture.texts;
import static dev.sealway.crypto.transit.TransitFixture.unbound;
import static dev.sealway.crypto.transit.TransitFixture.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.crypto.Attempt;
import dev.sealway.crypto.Plaintext;
import dev.sealway.testing.Overheard;
import dev.sealway.testing.vault.FakeVault;
import dev.sealway.testing.vault.Meddling;
import dev.sealway.testing.vault.Vaults;
import dev.sealway.vault.Transit;
import dev.sealway.vault.TransitSettings;
import dev.sealway.vault.VaultRefusedException;
import dev.sealway.vault.VaultUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("T52 whatever Vault does to a batch, no row gets what is another's")
class TransitFaultsTest {

    private static final Map<String, String> SMALL = Map.of("request-items", "7", "in-flight", "4");

    private final TransitFixture vault = new TransitFixture();
    private final TransitCipher cipher = vault.cipher(SMALL);

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        vault.close();
    }

    private void roundTrip(TransitCipher one) {
        List<byte[]> sealed = results(one.sealAll(plaintexts(values(100)), rows(100)));
        assertThat(texts(vault.cipher().openAll(sealed, rows(100)))).isEqualTo(values(100));
    }

    static List<Meddling> passing() {
        return List.of(
                Meddling.truncated(),
                Meddling.shuffled(),
                Meddling.shortened(),
                Meddling.reset(),
                Meddling.throttled(0),
                Meddling.status(412, ""),
                Meddling.status(500, "{\"errors\":[\"CANARY\"]}"),
                Meddling.status(502, "<html>CANARY</html>"),
                Meddling.status(503, "{\"errors\":[\"Vault is sealed\"]}"),
                Meddling.status(200, "{}"));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void asksAgainWhenAnAnswerCannotBeUsed(Meddling meddling) {
        vault.fake.next("encrypt", meddling, meddling, meddling);
        roundTrip(cipher);
    }

    @ParameterizedTest
    @MethodSource("passing")
    void givesUpWithoutAWordOfVaults(Meddling meddling) {
        vault.fake.next("encrypt", Stream.generate(() -> meddling).limit(200).toArray(Meddling[]::new));
        try (Overheard overheard = new Overheard()) {
            assertThat(overheard.failure(() -> cipher.sealAll(plaintexts(values(100)), rows(100))))
                    .isInstanceOf(VaultUnavailableException.class)
                    .hasMessageStartingWith("encrypting with transit/shop failed: Vault at http://127.0.0.1:");
            assertThat(overheard.quoting("CANARY")).isEmpty();
            assertThat(overheard.quoting(vault.fake.rootToken())).isEmpty();
        }
    }

    @Test
    void refusesForGoodWhatVaultRefusesForGood() {
        vault.fake.next("encrypt", Meddling.status(400, "{\"errors\":[\"CANARY\"]}"));
        assertThatThrownBy(() -> cipher.seal(plaintext("CANARY"), row(1)))
                .isInstanceOf(VaultRefusedException.class)
                .hasMessageContaining("does not take the request (HTTP 400)")
                .hasMessageNotContaining("CANARY")
                .hasNoCause();
        assertThat(vault.fake.requests("POST", "transit/encrypt/shop")).isEqualTo(1);
    }

    @Test
    void takesTheGoodResultsOfABatchThatPartlyFailed() {
        List<byte[]> sealed = new ArrayList<>(results(cipher.sealAll(plaintexts(values(100)), unbound(100))));
        List<byte[]> bound = results(cipher.sealAll(plaintexts(values(100)), rows(100)));
        for (int i = 0; i < 100; i += 3) {
            sealed.set(i, bound.get(i));
        }
        List<Attempt<Plaintext>> opened = cipher.openAll(sealed, unbound(100));
        for (int i = 0; i < 100; i++) {
            if (i % 3 == 0) {
                assertThat(opened.get(i)).isInstanceOf(Attempt.Failed.class);
            } else {
                assertThat(opened.get(i).orThrow()).isEqualTo(plaintext("CANARY-" + i));
            }
        }
    }

    @Test
    void splitsByCountAndByBytes() {
        cipher.sealAll(plaintexts(values(100)), rows(100));
        assertThat(vault.fake.requests("POST", "transit/encrypt/shop")).isEqualTo(15);
        List<String> large = Stream.generate(() -> "x".repeat(3000)).limit(10).toList();
        vault.cipher(Map.of("request-bytes", "9000")).sealAll(plaintexts(large), unbound(10));
        assertThat(vault.fake.requests("POST", "transit/encrypt/shop")).isEqualTo(15 + 5);
    }

    @Test
    void findsTheOneValueThatIsTooLongForVault() {
        String tooLong = "{\"errors\":[\"JSON string value exceeds allowed length\"]}";
        TransitCipher one = vault.cipher();
        one.primaryPrefix();
        // both values together, then the first one alone
        vault.fake.next("encrypt", Meddling.status(500, tooLong), Meddling.status(413, ""));
        List<Attempt<byte[]>> sealed = one.sealAll(plaintexts(values(2)), rows(2));
        assertThat(sealed.get(0)).isInstanceOf(Attempt.Failed.class);
        assertThat(((Attempt.Failed<byte[]>) sealed.get(0)).failure())
                .hasMessageStartingWith("Vault does not take a value as long as this");
        assertThat(one.open(sealed.get(1).orThrow(), row(1))).isEqualTo(plaintext("CANARY-1"));
    }

    @Test
    void hasNoMoreRequestsUnderWayThanAllowed() {
        vault.fake.latency(Duration.ofMillis(20));
        roundTrip(cipher);
        assertThat(vault.fake.mostUnderWay()).isBetween(2, 4);
        assertThat(cipher.concurrency()).isEqualTo(4);
    }

    @Test
    @DisplayName("T34 a token that runs out in the middle is replaced")
    void survivesTheEndOfItsToken() throws IOException {
        String policy = """
                path "transit/keys/shop" { capabilities = ["read"] }
                path "transit/encrypt/shop" { capabilities = ["update"] }
                """;
        String first = vault.admin.tokenFor("sealer", policy);
        String second = vault.admin.tokenFor("sealer", policy);
        Path file = Files.writeString(directory.resolve("token"), first);
        Transit transit = new Transit(
                Vaults.connect(vault.fake, Map.of("token-file", file.toString(), "in-flight", "4"), Map.of()),
                new TransitSettings("transit", "shop", 7, 1_000_000));
        transit.key();
        vault.fake.next("encrypt", real -> {
            // in the middle of the batch whoever looks after the file puts another token there, and the old one ends
            write(file, second);
            vault.fake.expire(first);
            return Meddling.status(403, "").answer(real);
        });
        roundTrip(new TransitCipher(transit));
    }

    private static void write(Path file, String token) {
        try {
            Files.writeString(file, token);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("T34 an outage is waited out, and a seal is told as one")
    void waitsUntilVaultIsUnsealed() {
        vault.fake.seal();
        assertThatThrownBy(() -> cipher.seal(plaintext("x"), row(1)))
                .isInstanceOf(VaultUnavailableException.class)
                .hasMessageContaining("is sealed (HTTP 503); unseal it");
        vault.fake.unseal();
        roundTrip(cipher);
        vault.fake.close();
        assertThatThrownBy(() -> cipher.seal(plaintext("x"), row(1)))
                .isInstanceOf(VaultUnavailableException.class)
                .hasMessageContaining("cannot be reached");
    }

    @Test
    void followsAStandby() {
        try (FakeVault standby = FakeVault.start()) {
            standby.redirectTo(vault.fake.address());
            roundTrip(new TransitCipher(new Transit(
                    Vaults.connect(standby, vault.fake.rootToken(), Map.of()), TransitSettings.of("transit", "shop"))));
        }
    }

    @Test
    void needsNoRightToCreate() {
        String token = vault.admin.tokenFor("sealer", """
                path "transit/keys/shop" { capabilities = ["read"] }
                path "transit/encrypt/*" { capabilities = ["update"] }
                path "transit/decrypt/*" { capabilities = ["update"] }
                """);
        TransitCipher lowly = vault.cipher(Map.of(), token);
        assertThat(lowly.open(lowly.seal(plaintext("x"), row(1)), row(1))).isEqualTo(plaintext("x"));
        assertThat(vault.admin
                        .as(token)
                        .post("transit/encrypt/other", Map.of("plaintext", ""))
                        .status())
                .isEqualTo(403);
    }
}
