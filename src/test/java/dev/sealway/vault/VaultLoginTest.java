package dev.sealway.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.testing.vault.Administrator;
import dev.sealway.testing.vault.FakeVault;
import dev.sealway.testing.vault.Meddling;
import dev.sealway.testing.vault.Vaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultLoginTest {

    private static final String MAY_READ = "path \"secret/data/*\" { capabilities = [\"read\"] }";

    private final FakeVault fake = FakeVault.start();
    private final Administrator admin = new Administrator(fake);

    @TempDir
    private Path directory;

    @BeforeEach
    void putASecret() {
        admin.post("sys/policies/acl/reader", Map.of("policy", MAY_READ));
        admin.post("secret/data/shop", Map.of("data", Map.of("value", "v")));
    }

    @AfterEach
    void stop() {
        fake.close();
    }

    private static long read(VaultConnection connection) {
        return ((KvSecret) connection.kv().read("secret", "shop")).version();
    }

    private Map<String, String> appRole(String mount) {
        return appRole(mount, "service");
    }

    private Map<String, String> appRole(String mount, String tokenType) {
        admin.post("sys/auth/" + mount, Map.of("type", "approle"));
        admin.post(
                "auth/%s/role/r".formatted(mount),
                Map.of("token_policies", List.of("reader"), "token_ttl", "600s", "token_type", tokenType));
        String roleId = (String)
                admin.get("auth/%s/role/r/role-id".formatted(mount)).data().get("role_id");
        String secretId = (String) admin.post("auth/%s/role/r/secret-id".formatted(mount), Map.of())
                .data()
                .get("secret_id");
        return Map.of("VAULT_ROLE_ID", roleId, "VAULT_SECRET_ID", secretId);
    }

    @Test
    void logsInByAppRoleWhenFirstAsked() {
        VaultConnection connection = Vaults.connect(fake, Map.of("auth", "approle"), appRole("approle"));
        assertThat(fake.logins()).isZero();
        assertThat(read(connection)).isEqualTo(1);
        assertThat(read(connection)).isEqualTo(1);
        assertThat(fake.logins()).isEqualTo(1);
    }

    @Test
    void logsInAtAMountOfSeveralNames() {
        Map<String, String> environment = appRole("teams/shop");
        assertThat(read(Vaults.connect(fake, Map.of("auth", "approle", "auth-mount", "teams/shop"), environment)))
                .isEqualTo(1);
    }

    @Test
    void neverTriesAFailedLoginAgainByNoThread() {
        Map<String, String> wrong =
                Map.of("VAULT_ROLE_ID", appRole("approle").get("VAULT_ROLE_ID"), "VAULT_SECRET_ID", "CANARY-wrong");
        VaultConnection connection = Vaults.connect(fake, Map.of("auth", "approle"), wrong);
        IntStream.range(0, 20).parallel().forEach(i -> assertThatThrownBy(() -> read(connection))
                .isInstanceOf(VaultRefusedException.class)
                .hasMessageContaining("does not let us in (HTTP 400)")
                .hasMessageNotContaining("CANARY")
                .hasNoCause());
        assertThat(fake.logins()).as("five of them would lock the role out").isEqualTo(1);
    }

    @Test
    void keepsATokenThatStillWorksWhereTheLoginForAnotherIsRefused() {
        AtomicLong now = new AtomicLong();
        VaultConnection connection = byAppRole(appRole("approle", "batch"), now);
        read(connection);
        fake.next("approle/login", Meddling.status(403, "{}"));
        for (int minutes : List.of(7, 9, 11)) {
            now.set(Duration.ofMinutes(minutes).toNanos());
            assertThat(read(connection)).isEqualTo(1);
        }
        assertThat(logins()).isEqualTo(2);
        now.set(Duration.ofMinutes(13).toNanos());
        read(connection);
        read(connection);
        assertThat(logins()).isEqualTo(3);
        assertThat(tokens()).hasSize(2);
    }

    @Test
    void asksAgainAfterARefusalMoreRarelyThanVaultCounts() {
        AtomicLong now = new AtomicLong();
        Map<String, String> right = appRole("approle");
        VaultConnection connection =
                byAppRole(Map.of("VAULT_ROLE_ID", right.get("VAULT_ROLE_ID"), "VAULT_SECRET_ID", "CANARY-wrong"), now);
        List<Integer> asked = new ArrayList<>();
        for (int minute = 0; minute < 60; minute++) {
            now.set(Duration.ofMinutes(minute).toNanos());
            int before = fake.logins();
            assertThatThrownBy(() -> read(connection)).isInstanceOf(VaultRefusedException.class);
            if (fake.logins() > before) {
                asked.add(minute);
            }
        }
        assertThat(asked).containsExactly(0, 5, 21, 37, 53);
    }

    private VaultConnection byAppRole(Map<String, String> environment, AtomicLong now) {
        return VaultConnection.open(
                VaultSettings.of(Map.of("address", fake.address(), "auth", "approle"), environment),
                Vaults.LITTLE,
                now::get);
    }

    private long logins() {
        return fake.requests().stream()
                .filter(one -> one.path().equals("auth/approle/login"))
                .count();
    }

    /** Those that the secret was read with. */
    private Set<String> tokens() {
        return fake.requests().stream()
                .filter(one -> one.method().equals("GET") && one.path().equals("secret/data/shop"))
                .map(FakeVault.Seen::token)
                .collect(Collectors.toSet());
    }

    @Test
    void logsInByKubernetesWithTheTokenOfTheServiceAccount() throws IOException {
        admin.post("sys/auth/k8s", Map.of("type", "kubernetes"));
        admin.post("auth/k8s/role/shop", Map.of("token_policies", List.of("reader")));
        fake.trust("CANARY.jwt", "shop");
        Path jwt = Files.writeString(directory.resolve("token"), "CANARY.jwt\n");
        Map<String, String> settings =
                Map.of("auth", "kubernetes", "auth-mount", "k8s", "role", "shop", "jwt-file", jwt.toString());
        assertThat(read(Vaults.connect(fake, settings, Map.of()))).isEqualTo(1);

        Files.writeString(jwt, "CANARY.other");
        assertThatThrownBy(() -> read(Vaults.connect(fake, settings, Map.of())))
                .isInstanceOf(VaultRefusedException.class)
                .hasMessageContaining("logging in by auth/k8s failed")
                .hasMessageNotContaining("CANARY");
    }

    @Test
    void logsInAgainWhenItsTokenRanOut() {
        VaultConnection connection = Vaults.connect(fake, Map.of("auth", "approle"), appRole("approle"));
        read(connection);
        fake.expireTokens();
        IntStream.range(0, 20).parallel().forEach(i -> assertThat(read(connection))
                .isEqualTo(1));
        assertThat(fake.logins()).isEqualTo(2);
    }

    @Test
    void takesTheNextTokenOfItsFile() throws IOException {
        Path file = Files.writeString(directory.resolve("token"), admin.tokenFor("reader", MAY_READ));
        VaultConnection connection = Vaults.connect(fake, Map.of("token-file", file.toString()), Map.of());
        read(connection);
        fake.expireTokens();
        Files.writeString(file, admin.tokenFor("reader", MAY_READ));
        assertThat(read(connection)).isEqualTo(1);
    }

    @Test
    void asksOnlyTwiceWithATokenThatIsDenied() {
        VaultConnection connection = Vaults.connect(fake, "hvs.CANARY-unknown", Map.of());
        assertThatThrownBy(() -> read(connection))
                .isInstanceOf(VaultRefusedException.class)
                .hasMessageContaining("denies access (HTTP 403)")
                .hasMessageNotContaining("CANARY");
        assertThat(fake.requests("GET", "secret/data/shop")).isEqualTo(1);
    }

    @Test
    void renewsATokenBeforeItsEnd() {
        AtomicLong now = new AtomicLong();
        String token = admin.tokenFor("reader", MAY_READ);
        VaultConnection connection = VaultConnection.open(
                VaultSettings.of(Map.of("address", fake.address()), Map.of("VAULT_TOKEN", token)),
                Vaults.LITTLE,
                now::get);
        read(connection);
        now.addAndGet(Duration.ofMinutes(39).toNanos());
        read(connection);
        assertThat(fake.renewals()).isZero();
        now.addAndGet(Duration.ofMinutes(2).toNanos());
        read(connection);
        read(connection);
        assertThat(fake.renewals()).isEqualTo(1);
    }

    @Test
    void quotesNoTokenThatNoHeaderCanHold() {
        assertThatThrownBy(() -> read(Vaults.connect(fake, "hvs.CANARY\nx", Map.of())))
                .hasMessage(
                        "environment variable VAULT_TOKEN holds characters that no secret of Vault's has; write it there alone, on one line");
    }

    @Test
    void sendsItsNamespace() {
        Vaults.connect(fake, fake.rootToken(), Map.of("namespace", "teams/shop"))
                .kv()
                .read("secret", "shop");
        assertThat(fake.requests()).last().extracting(FakeVault.Seen::namespace).isEqualTo("teams/shop");
    }
}
