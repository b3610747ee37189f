package dev.sealway.testing.vault;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(
        named = "VAULT_ADDR",
        matches = ".+",
        disabledReason = "no Vault is given: run VAULT_ADDR=http://127.0.0.1:8200 VAULT_TOKEN=… make test")
@EnabledIfEnvironmentVariable(
        named = "VAULT_TOKEN",
        matches = ".+",
        disabledReason = "no Vault is given: run VAULT_ADDR=http://127.0.0.1:8200 VAULT_TOKEN=… make test")
class GivenVaultContractTest extends VaultContract {

    @Override
    VaultTarget target() {
        return new VaultTarget("the given Vault", System.getenv("VAULT_ADDR"), System.getenv("VAULT_TOKEN"));
    }
}
