package dev.sealway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.crypto.Ciphers;
import dev.sealway.crypto.CiphertextForm;
import dev.sealway.crypto.FieldCipher;
import dev.sealway.error.SealwayException;
import dev.sealway.plan.Plan;
import dev.sealway.testing.vault.Administrator;
import dev.sealway.testing.vault.FakeVault;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CipherSourcesTest {

    private final FakeVault vault = FakeVault.start();

    @BeforeEach
    void makesKeys() {
        Administrator administrator = new Administrator(vault);
        administrator.post("transit/keys/people", Map.of());
        administrator.post("transit/keys/orders", Map.of());
    }

    @AfterEach
    void stopsVault() {
        vault.close();
    }

    @Test
    void makesEachCipherOnceAndAsksForNoBundle() {
        CipherSources sources = sources("a: { kind: vault-transit, key: people }");
        FieldCipher cipher = sources.of(Ciphers.VAULT_TRANSIT, "transit/people");
        assertThat(sources.of(Ciphers.VAULT_TRANSIT, "transit/people")).isSameAs(cipher);
        assertThat(cipher.form()).isEqualTo(CiphertextForm.TRANSIT_TEXT);
        assertThat(cipher.isRemote()).isTrue();
        assertThat(cipher.concurrency()).isEqualTo(10);
        assertThat(vault.requests("GET", "transit/keys/people")).isEqualTo(1);
    }

    @Test
    void takesItsLimitsFromThePlan() {
        CipherSources sources = sources("a: { kind: vault-transit, key: people, in-flight: 3 }");
        assertThat(sources.of(Ciphers.VAULT_TRANSIT, "transit/people").concurrency())
                .isEqualTo(3);
    }

    @Test
    @DisplayName("T53 a key that Vault does not have is refused, and not made")
    void refusesAKeyThatIsNotThere() {
        CipherSources sources = sources("a: { kind: vault-transit, key: typo }");
        assertThatThrownBy(() -> sources.of(Ciphers.VAULT_TRANSIT, "transit/typo"))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("transit/typo")
                .hasMessageContaining(vault.address());
        assertThat(new Administrator(vault).get("transit/keys/typo").status()).isEqualTo(404);
    }

    @Test
    void refusesAKeyThatNoCipherNames() {
        CipherSources sources = sources("a: { kind: vault-transit, key: people }");
        assertThatThrownBy(() -> sources.of(Ciphers.VAULT_TRANSIT, "transit/orders"))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("transit/orders")
                .hasMessageContaining("VAULT_TRANSIT_KEY");
    }

    @Test
    void refusesTwoVaultsThatCannotBeToldApart() {
        CipherSources sources = sources("a: { kind: vault-transit, key: people },"
                + " b: { kind: vault-transit, key: people, namespace: other }");
        assertThatThrownBy(() -> sources.of(Ciphers.VAULT_TRANSIT, "transit/people"))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("ciphers a and b")
                .hasMessageContaining("transit/people");
    }

    private CipherSources sources(String ciphers) {
        String second = ciphers.contains("b:") ? "  public.b: { cipher: b, columns: { v: {} } }\n" : "";
        Plan plan = PlanTexts.plan("""
                sealway: 1
                name: test
                ciphers: { %s }
                tables:
                  public.a: { cipher: a, columns: { v: {} } }
                %s""".formatted(ciphers, second), "test.yaml");
        Map<String, String> environment = Map.of("VAULT_ADDR", vault.address(), "VAULT_TOKEN", vault.rootToken());
        return new CipherSources(
                plan.completed(environment),
                () -> {
                    throw new AssertionError("no key bundle is needed");
                },
                new VaultConnections(environment));
    }
}
