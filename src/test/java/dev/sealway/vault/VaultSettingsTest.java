package dev.sealway.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultSettingsTest {

    private static final Map<String, String> TOKEN = Map.of("VAULT_TOKEN", "hvs.CANARY");

    private static VaultSettings at(String address) {
        return VaultSettings.of(Map.of("address", address), TOKEN);
    }

    @Test
    void takesTheAddressFromTheEnvironmentWhereThePlanIsSilent() {
        Map<String, String> environment = Map.of(
                "VAULT_ADDR",
                "https://vault.example.com:8200/",
                "VAULT_NAMESPACE",
                "shop",
                "VAULT_TOKEN",
                "hvs.CANARY");
        assertThat(VaultSettings.of(Map.of(), environment))
                .hasToString("VaultSettings[Vault at https://vault.example.com:8200 (namespace shop)]");
        assertThat(VaultSettings.of(Map.of("address", "https://other"), environment)
                        .place())
                .isEqualTo("Vault at https://other (namespace shop)");
    }

    @Test
    void asksForAnAddress() {
        assertThatThrownBy(() -> VaultSettings.of(Map.of(), TOKEN))
                .hasMessage(
                        "Vault's address is not given; write 'address' in the plan or set the environment variable VAULT_ADDR");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"vault:8200", "ftp://vault", "https://user:CANARY@vault", "https://vault?x=1", "https:// x"})
    void refusesWhatIsNoAddress(String address) {
        assertThatThrownBy(() -> at(address))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("is not an http or https URL")
                .hasMessageNotContaining("CANARY");
    }

    @Test
    void refusesToSpeakInTheClearToAnotherMachine() {
        assertThatThrownBy(() -> at("http://vault.example.com:8200"))
                .hasMessage(
                        "Vault at http://vault.example.com:8200 would be spoken to in the clear, token and values readable on the way; use https, or write 'plaintext-http: accept' where the network is private");
        assertThat(at("http://localhost:8200").place()).isNotEmpty();
        assertThat(at("http://[::1]:8200").place()).isNotEmpty();
        assertThat(VaultSettings.of(Map.of("address", "http://vault:8200", "plaintext-http", "accept"), TOKEN)
                        .place())
                .isNotEmpty();
    }

    @Test
    void namesTheSecretThatIsMissing() {
        Map<String, String> approle = Map.of("address", "https://v", "auth", "approle", "role-id", "r");
        assertThatThrownBy(() -> VaultSettings.of(approle, Map.of()))
                .hasMessageContaining("environment variable VAULT_SECRET_ID, or VAULT_SECRET_ID_FILE")
                .hasMessageContaining("'secret-id-file'");
        assertThatThrownBy(() -> VaultSettings.of(Map.of("address", "https://v"), Map.of()))
                .hasMessageContaining("VAULT_TOKEN");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> VaultSettings.of(Map.of("address", "https://v", "auth", "ldap"), TOKEN))
                .hasMessage("Vault's auth method ldap is not known here; write token, approle or kubernetes");
        assertThatThrownBy(() -> VaultSettings.of(Map.of("address", "https://v", "in-flight", "0"), TOKEN))
                .hasMessageContaining("'in-flight' of Vault is not a number from 1 to 1000");
        assertThatThrownBy(() -> VaultSettings.of(
                        Map.of("address", "https://v"), Map.of("VAULT_TOKEN", "t", "VAULT_CLIENT_TIMEOUT", "soon")))
                .hasMessageContaining("write it as 60s");
    }

    @Test
    void keepsPathsToWhatNobodyDecodes() {
        assertThat(VaultPath.of("path", "shop/keys.v1")).isEqualTo("shop/keys.v1");
        for (String bad : new String[] {"a%2Fb", "a b", "../sys", "a/./b", "/a", "a/", "a//b", "a?b", "ä", ""}) {
            assertThatThrownBy(() -> VaultPath.of("path", bad))
                    .as(bad)
                    .hasMessageStartingWith("the path in Vault has to be names");
        }
    }
}
