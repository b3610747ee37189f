package dev.sealway.chaos;

import dev.sealway.config.Wiring;
import dev.sealway.crypto.tink.WrappedStreams;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.ShortLock;
import dev.sealway.patience.Patience;
import dev.sealway.progress.Progress;
import dev.sealway.testing.RemoteKey;
import dev.sealway.testing.Walks;
import dev.sealway.testing.vault.Administrator;
import dev.sealway.testing.vault.FakeVault;
import dev.sealway.testing.vault.Vaults;
import dev.sealway.vault.VaultConnection;
import dev.sealway.vault.VaultSettings;
import dev.sealway.workflow.Means;
import dev.sealway.workflow.Workflow;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A Vault that keeps the key bundle and seals the values, and the network between it and Sealway. */
final class Vaulted implements AutoCloseable {

    private static final Patience SOME = new Patience(10, Duration.ofMillis(20), Duration.ofMillis(200), () -> 0);

    private final FakeVault vault;
    private final Wire wire;

    private Vaulted(FakeVault vault, Wire wire) {
        this.vault = vault;
        this.wire = wire;
    }

    static Vaulted start() throws IOException {
        FakeVault vault = FakeVault.start();
        Administrator administrator = new Administrator(vault);
        administrator.post("transit/keys/people", Map.of());
        administrator.post("secret/data/chaos/keys", Map.of("data", Map.of("value", Keys.BUNDLE)));
        return new Vaulted(vault, Wire.to(URI.create(vault.address()).getPort()));
    }

    /** Somebody deletes the key bundle. */
    void hideKeys() {
        new Administrator(vault).delete("secret/data/chaos/keys");
    }

    /** And sees what that was. */
    void bringKeysBack() {
        new Administrator(vault).post("secret/undelete/chaos/keys", Map.of("versions", List.of(1)));
    }

    FakeVault vault() {
        return vault;
    }

    Sealing sealing() {
        return Sealing.inVault(address(), vault.rootToken());
    }

    private String address() {
        return "http://127.0.0.1:%d".formatted(wire.port());
    }

    void begin(Outage outage) throws IOException {
        outage.begin(vault, wire);
    }

    void end(Outage outage) throws IOException, InterruptedException {
        outage.end(vault, wire);
    }

    /** As Sealway is wired, with a connection to Vault that gives up after milliseconds instead of half a minute. */
    Workflow impatient(Scene scene, Progress progress) {
        VaultSettings settings = VaultSettings.of(Map.of(), scene.sealing().environment());
        return new Workflow(new Means(
                scene.sealing().plan(),
                Database.of(scene.source(Scene.SEALWAY)),
                () -> Walks.keys(Keys.BUNDLE),
                Vaults.people(VaultConnection.open(settings, Vaults.LITTLE, System::nanoTime)),
                new WrappedStreams(new RemoteKey()),
                Wiring.settings(progress, Settings.BATCH),
                new ShortLock(SOME, Duration.ofMillis(500))));
    }

    @Override
    public void close() throws IOException {
        wire.close();
        vault.close();
    }
}
