package dev.sealway.testing.vault;

import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

@Tag("slow")
@EnabledIf(value = "dev.sealway.testing.vault.VaultInContainer#canRun", disabledReason = VaultInContainer.SKIPPED)
class HashiCorpVaultContractTest extends VaultContract {

    private static VaultTarget target;

    @BeforeAll
    static void start() {
        target = VaultInContainer.start(
                "hashicorp/vault:1.20",
                Map.of("VAULT_DEV_ROOT_TOKEN_ID", "root", "VAULT_DEV_LISTEN_ADDRESS", "0.0.0.0:8200"));
    }

    @Override
    VaultTarget target() {
        return target;
    }
}
