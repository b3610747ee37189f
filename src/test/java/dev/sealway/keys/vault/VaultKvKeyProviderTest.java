package dev.sealway.keys.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import dev.sealway.error.SealwayException.Outcome;
import dev.sealway.keys.KeyMaterial;
import dev.sealway.keys.KeyNotFoundException;
import dev.sealway.keys.KeyRef;
import dev.sealway.keys.KeyUnavailableException;
import dev.sealway.testing.vault.Administrator;
import dev.sealway.testing.vault.FakeVault;
import dev.sealway.testing.vault.Meddling;
import dev.sealway.testing.vault.Vaults;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class VaultKvKeyProviderTest {

    private static final KeyRef REF = KeyRef.of("shop/keys");
    private static final String BUNDLE = "{\"CANARY\":\"käy \\u20ac 漢\"}";

    private final FakeVault fake = FakeVault.start();
    private final Administrator admin = new Administrator(fake);
    private final VaultKvKeyProvider provider = new VaultKvKeyProvider(Vaults.connect(fake));

    @AfterEach
    void stop() {
        fake.close();
    }

    private static KeyMaterial material(String text) {
        return KeyMaterial.owning(text.getBytes(UTF_8), "");
    }

    private static String fetched(VaultKvKeyProvider provider, KeyRef ref) {
        try (KeyMaterial material = provider.fetch(ref)) {
            return "%s %s".formatted(material.version(), new String(material.revealBytes(), UTF_8));
        }
    }

    @Test
    void givesBackWhatItKeptWhateverItsLetters() {
        provider.create(REF, material(BUNDLE));
        assertThat(fetched(provider, REF)).isEqualTo("1 " + BUNDLE);
        assertThat(fake.requests("POST", "secret/data/shop/keys")).isEqualTo(1);
    }

    @Test
    void findsTheFieldAndTheMountThatThePlanNames() {
        admin.post("sys/mounts/teams/shop", Map.of("type", "kv", "options", Map.of("version", "2")));
        admin.post("teams/shop/data/a", Map.of("data", Map.of("bundle", BUNDLE, "other", 7)));
        KeyRef ref = new KeyRef("a", Map.of("mount", "teams/shop", "field", "bundle"));
        assertThat(fetched(provider, ref)).isEqualTo("1 " + BUNDLE);
        assertThatThrownBy(() -> provider.fetch(new KeyRef("a", Map.of("mount", "teams/shop", "field", "other"))))
                .isInstanceOf(KeyNotFoundException.class)
                .hasMessageContaining("Vault teams/shop/a, field other")
                .hasMessageNotContaining("CANARY");
    }

    @Test
    @DisplayName("T30 a missing secret is an error, never the occasion to make one")
    void tellsAMissingSecretFromADeletedOneAndADeniedOne() {
        assertThatThrownBy(() -> provider.fetch(REF)).isInstanceOf(KeyNotFoundException.class);
        admin.post("secret/data/shop/keys", Map.of("data", Map.of("value", BUNDLE)));
        admin.delete("secret/data/shop/keys");
        assertThatThrownBy(() -> provider.fetch(REF))
                .isInstanceOf(KeyNotFoundException.class)
                .hasMessageContaining("its version 1 was deleted; bring it back with 'vault kv undelete'");
        admin.post("secret/destroy/shop/keys", Map.of("versions", List.of(1)));
        assertThatThrownBy(() -> provider.fetch(REF)).hasMessageContaining("its version 1 was destroyed");
        String blind = admin.tokenFor("blind", "path \"secret/data/x\" { capabilities = [\"read\"] }");
        assertThatThrownBy(() -> new VaultKvKeyProvider(Vaults.connect(fake, blind, Map.of())).fetch(REF))
                .isInstanceOf(KeyUnavailableException.class)
                .hasMessageContaining("denies access (HTTP 403)");
        assertThat(fake.requests("POST", "secret/data/shop/keys")).isEqualTo(1);
    }

    @Test
    void neverOverwritesAnExistingOrDeletedSecret() {
        provider.create(REF, material("first"));
        assertThatThrownBy(() -> provider.create(REF, material("second")))
                .hasMessage(
                        "Vault secret/shop/keys holds a secret already, or held one, and a key bundle is never overwritten; choose another path")
                .extracting(e -> ((SealwayException) e).outcome())
                .isEqualTo(Outcome.REFUSED);
        admin.delete("secret/data/shop/keys");
        assertThatThrownBy(() -> provider.create(REF, material("second"))).hasMessageContaining("or held one");
        admin.post("secret/undelete/shop/keys", Map.of("versions", List.of(1)));
        assertThat(fetched(provider, REF)).isEqualTo("1 first");
    }

    @Test
    @DisplayName("T34 a version that somebody else wrote is not overwritten")
    void replacesOnlyTheVersionThatItSaw() {
        admin.post("secret/data/shop/keys", Map.of("data", Map.of("value", "first", "owner", Map.of("team", 7))));
        provider.replace(REF, material("second"), "1");
        assertThat(fetched(provider, REF)).isEqualTo("2 second");
        assertThatThrownBy(() -> provider.replace(REF, material("third"), "1"))
                .hasMessageContaining("was changed by somebody else since its version 1 was read");
        assertThat(fetched(provider, REF)).isEqualTo("2 second");
        assertThat(((Map<?, ?>) admin.get("secret/data/shop/keys").data().get("data")).get("owner"))
                .as("the other fields stay as they were")
                .hasToString("{team=7}");
    }

    @Test
    @DisplayName("T34 an outage is waited out")
    void waitsForAVaultThatIsAway() {
        provider.create(REF, material("first"));
        fake.next(
                "shop/keys",
                Meddling.status(503, "{\"errors\":[\"Vault is sealed\"]}"),
                Meddling.throttled(0),
                Meddling.status(412, ""),
                Meddling.reset());
        assertThat(fetched(provider, REF)).isEqualTo("1 first");
    }

    @Test
    void givesUpInTheEndAndQuotesNothing() {
        String body = "{\"errors\":[\"CANARY\"],\"data\":{\"value\":\"CANARY\"}}";
        for (int i = 0; i < 5; i++) {
            fake.next("shop/keys", Meddling.status(500, body));
        }
        assertThatThrownBy(() -> provider.fetch(REF))
                .isInstanceOf(KeyUnavailableException.class)
                .hasMessageContaining("has an error of its own (HTTP 500)")
                .hasMessageNotContaining("CANARY")
                .hasNoCause();
    }

    @Test
    void writesOnceAndLeavesDoubtToPeople() {
        fake.next("shop/keys", Meddling.reset());
        assertThatThrownBy(() -> provider.create(REF, material("first")))
                .hasMessageContaining("writing secret/shop/keys failed")
                .hasMessageContaining("broke the connection off");
        assertThat(fake.requests("POST", "secret/data/shop/keys")).isEqualTo(1);
        assertThat(fetched(provider, REF)).isEqualTo("1 first");
    }

    @Test
    void tellsAnEngineOfTheFirstVersion() {
        fake.next("shop/keys", Meddling.status(200, "{\"data\":{\"value\":\"CANARY\"}}"));
        assertThatThrownBy(() -> provider.fetch(REF))
                .isInstanceOf(KeyUnavailableException.class)
                .hasMessageContaining("not of the key-value engine, version 2");
    }

    @Test
    void quotesNothingOfAnAnswerThatIsNotVaults() {
        fake.next("shop/keys", Meddling.status(200, "<html>CANARY</html>"));
        assertThatThrownBy(() -> provider.fetch(REF))
                .isInstanceOf(KeyUnavailableException.class)
                .hasMessageNotContaining("CANARY")
                .hasNoCause();
    }

    @Test
    void followsAStandbyToTheActiveNode() {
        provider.create(REF, material("first"));
        try (FakeVault standby = FakeVault.start()) {
            standby.redirectTo(fake.address());
            var through = new VaultKvKeyProvider(Vaults.connect(standby, fake.rootToken(), Map.of()));
            assertThat(fetched(through, REF)).isEqualTo("1 first");
        }
    }

    @Test
    void neverSendsItsTokenWhereItIsNotSafe() {
        fake.redirectTo("http://evil.example.com:8200");
        assertThatThrownBy(() -> provider.fetch(REF)).hasMessageContaining("must not be sent");
    }
}
