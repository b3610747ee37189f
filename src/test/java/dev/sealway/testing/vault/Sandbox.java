package dev.sealway.testing.vault;

import dev.sealway.vault.Transit;
import dev.sealway.vault.TransitSettings;
import dev.sealway.vault.VaultConnection;
import dev.sealway.vault.VaultSettings;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** Mounts of its own in a Vault that may be somebody's, taken away again at the end; made through the public API only. */
final class Sandbox implements AutoCloseable {

    final Administrator admin;
    final String name = "sealway-test-" + UUID.randomUUID().toString().substring(0, 8);
    final String transit = name + "/transit";
    final String kv = name + "/kv";
    final String approle = name + "/approle";
    private final VaultTarget target;

    Sandbox(VaultTarget target) {
        this.target = target;
        this.admin = new Administrator(target.address(), target.adminToken());
        done(admin.post("sys/mounts/" + transit, Map.of("type", "transit")));
        done(admin.post("sys/mounts/" + kv, Map.of("type", "kv", "options", Map.of("version", "2"))));
        done(admin.post("sys/auth/" + approle, Map.of("type", "approle")));
        key("shop", Map.of());
        waitForVersions();
    }

    /** A real Vault makes a versioned engine ready in the background, and answers with 400 until then. */
    private void waitForVersions() {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (admin.get(kv + "/data/none").status() == 400) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the key-value engine does not get ready");
            }
            Thread.onSpinWait();
        }
    }

    private static void done(Administrator.Said said) {
        if (said.status() >= 300) {
            throw new AssertionError("a sandbox could not be made: HTTP %d".formatted(said.status()));
        }
    }

    void key(String key, Map<String, ?> body) {
        done(admin.post("%s/keys/%s".formatted(transit, key), body));
    }

    Administrator.Said transit(String verb, Map<String, ?> body) {
        return admin.post("%s/%s/shop".formatted(transit, verb), body);
    }

    VaultConnection connection(String token) {
        return VaultConnection.open(VaultSettings.of(
                Map.of("address", target.address(), "plaintext-http", "accept"), Map.of("VAULT_TOKEN", token)));
    }

    Transit client(String token) {
        return new Transit(connection(token), TransitSettings.of(transit, "shop"));
    }

    String token(String hcl) {
        return admin.tokenFor(name, hcl);
    }

    @Override
    public void close() {
        admin.delete("sys/mounts/" + transit);
        admin.delete("sys/mounts/" + kv);
        admin.delete("sys/auth/" + approle);
        admin.delete("sys/policies/acl/" + name);
    }
}
