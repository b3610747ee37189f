package dev.sealway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.keys.HeldBundle;
import dev.sealway.keys.KeyUnavailableException;
import dev.sealway.plan.Plan;
import dev.sealway.testing.Life;
import dev.sealway.testing.vault.Administrator;
import dev.sealway.testing.vault.FakeVault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeySourcesTest {

    private static final String MAY_READ = "path \"secret/data/*\" { capabilities = [\"read\"] }";

    private final FakeVault vault = FakeVault.start();
    private final Administrator admin = new Administrator(vault);

    @BeforeEach
    void putsABundle() {
        admin.post("secret/data/shop", Map.of("data", Map.of("value", Life.freshKeys())));
        admin.post("sys/policies/acl/reader", Map.of("policy", MAY_READ));
        admin.post("sys/auth/approle", Map.of("type", "approle"));
        admin.post("auth/approle/role/r", Map.of("token_policies", List.of("reader")));
    }

    @AfterEach
    void stopsVault() {
        vault.close();
    }

    @Test
    void fetchesAgainAndAgainAfterOneLogin() {
        PlannedBundle bundle = bundle(secretId());
        for (int i = 0; i < 3; i++) {
            try (HeldBundle held = bundle.fetch()) {
                assertThat(held.bundle().id()).isEqualTo("test");
            }
        }
        assertThat(vault.logins()).isEqualTo(1);
    }

    @Test
    void triesARefusedLoginOnceHoweverOftenItIsAskedForTheBundle() {
        PlannedBundle bundle = bundle("CANARY-wrong");
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(bundle::fetch)
                    .isInstanceOf(KeyUnavailableException.class)
                    .hasMessageNotContaining("CANARY");
        }
        assertThat(vault.logins()).as("five of them would lock the role out").isEqualTo(1);
    }

    private String secretId() {
        return (String)
                admin.post("auth/approle/role/r/secret-id", Map.of()).data().get("secret_id");
    }

    private PlannedBundle bundle(String secretId) {
        String roleId = (String) admin.get("auth/approle/role/r/role-id").data().get("role_id");
        Plan plan = PlanTexts.plan("""
                sealway: 1
                name: shop
                keys: { provider: vault-kv, ref: shop, auth: approle, role-id: '%s' }
                tables:
                  public.customers: { columns: { email: {} } }
                """.formatted(roleId), "a test");
        Map<String, String> environment = Map.of("VAULT_ADDR", vault.address(), "VAULT_SECRET_ID", secretId);
        return new PlannedBundle(new KeySources(new VaultConnections(environment)), plan);
    }
}
