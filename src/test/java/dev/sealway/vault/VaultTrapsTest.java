package dev.sealway.vault;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import dev.sealway.json.Json;
import dev.sealway.testing.vault.Administrator;
import dev.sealway.testing.vault.FakeVault;
import dev.sealway.testing.vault.Meddling;
import dev.sealway.testing.vault.Vaults;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the driver does when it is left to itself, and does not do here. */
class VaultTrapsTest {

    private final FakeVault fake = FakeVault.start();
    private final VaultConnection connection = Vaults.connect(fake);

    @BeforeEach
    void putASecret() {
        new Administrator(fake).post("secret/data/shop", Map.of("data", Map.of("value", "v")));
    }

    @AfterEach
    void stop() {
        fake.close();
    }

    private void read() {
        assertThat(connection.kv().read("secret", "shop")).isInstanceOf(KvSecret.class);
    }

    @Test
    void makesNoClientForEachRequest() {
        read();
        long before = selectors();
        for (int i = 0; i < 60; i++) {
            read();
        }
        assertThat(selectors()).isLessThanOrEqualTo(before);
    }

    private static long selectors() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("SelectorManager"))
                .count();
    }

    @Test
    void asksAgainOnlyAsOftenAsOurPatienceSays() {
        fake.next(
                "shop",
                Stream.generate(() -> Meddling.status(500, "")).limit(50).toArray(Meddling[]::new));
        assertThatThrownBy(this::read).isInstanceOf(VaultUnavailableException.class);
        assertThat(fake.requests("GET", "secret/data/shop")).isEqualTo(Vaults.LITTLE.attempts());
    }

    @Test
    void takesNoDenialForAnEmptySecret() {
        fake.next("shop", Meddling.status(403, "{\"errors\":[\"CANARY\"]}"));
        assertThatThrownBy(this::read).isInstanceOf(VaultRefusedException.class).hasMessageNotContaining("CANARY");
    }

    @Test
    void handsTheDriverAsciiWhateverTheCharsetOfTheJvm() {
        String json = Json.compact(Map.of("value", "käy € 漢 𝄞 \u0007"));
        byte[] ascii = HandedResponse.ascii(json);
        assertThat(new String(ascii, US_ASCII))
                .isEqualTo(new String(ascii, UTF_8))
                .isNotEqualTo(json);
        assertThat(Json.parse(new String(ascii, US_ASCII))).isEqualTo(Json.parse(json));
    }

    @Test
    void writesBeyondAscii() {
        connection.kv().create("secret", "letters", "value", "käy € 漢 𝄞");
        assertThat(((KvSecret) connection.kv().read("secret", "letters")).revealText("value"))
                .contains("käy € 漢 𝄞");
    }

    @Test
    void endsWhenItIsInterrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(this::read).isInstanceOf(SealwayException.class).hasMessageContaining("was interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void readsNoTokenThatWasNotGiven() {
        assertThatThrownBy(() -> VaultSettings.of(Map.of("address", fake.address()), Map.of()))
                .as("~/.vault-token may be anybody's")
                .hasMessageContaining("there is no secret to log in to Vault with");
    }

    @Test
    void keepsTheSettingsOfOneVaultFromAnother() {
        try (FakeVault other = FakeVault.start()) {
            Vaults.connect(other, other.rootToken(), Map.of("namespace", "elsewhere"))
                    .kv()
                    .read("secret", "x");
            read();
            assertThat(fake.requests())
                    .allSatisfy(one -> assertThat(one.namespace()).isEmpty());
        }
    }
}
