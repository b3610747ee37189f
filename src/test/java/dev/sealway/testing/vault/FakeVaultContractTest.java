package dev.sealway.testing.vault;

import org.junit.jupiter.api.AfterAll;

class FakeVaultContractTest extends VaultContract {

    private static final FakeVault FAKE = FakeVault.start();

    @AfterAll
    static void stop() {
        FAKE.close();
    }

    @Override
    VaultTarget target() {
        return new VaultTarget("the fake", FAKE.address(), FAKE.rootToken());
    }
}
