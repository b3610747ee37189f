package dev.sealway.testing.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeVaultTest {

    private static final String PATH = "secret/data/a";

    private final FakeVault fake = FakeVault.start();
    private final Administrator admin = new Administrator(fake);

    @AfterEach
    void stop() {
        fake.close();
    }

    @Test
    void isSealedUntilItIsUnsealed() {
        fake.seal();
        assertThat(admin.get(PATH).status()).isEqualTo(503);
        assertThat(admin.get("sys/health").status()).isEqualTo(503);
        fake.unseal();
        assertThat(admin.get(PATH).status()).isEqualTo(404);
        assertThat(admin.get("sys/health").status()).isEqualTo(200);
    }

    @Test
    void throttlesAfterSoManyRequests() {
        fake.limitTo(2);
        assertThat(List.of(
                        admin.get(PATH).status(),
                        admin.get(PATH).status(),
                        admin.get(PATH).status()))
                .containsExactly(404, 404, 429);
        fake.limitTo(Integer.MAX_VALUE);
        assertThat(admin.get(PATH).status()).isEqualTo(404);
    }

    @Test
    void endsTokensAfterSoManyRequests() {
        Administrator reader = admin.as(admin.tokenFor("r", "path \"secret/*\" { capabilities = [\"read\"] }"));
        fake.expireTokensAfter(1);
        assertThat(reader.get(PATH).status()).isEqualTo(404);
        assertThat(reader.get(PATH).status()).isEqualTo(403);
        assertThat(admin.get(PATH).status()).isEqualTo(404);
    }

    @Test
    void meddlesWithAsManyRequestsAsItWasTold() {
        fake.next("data/a", Meddling.status(500, "{}"), Meddling.throttled(3));
        assertThat(admin.get("secret/data/b").status()).isEqualTo(404);
        assertThat(List.of(
                        admin.get(PATH).status(),
                        admin.get(PATH).status(),
                        admin.get(PATH).status()))
                .containsExactly(500, 429, 404);
    }

    @Test
    void breaksTheConnectionAfterItDidWhatWasAsked() {
        fake.next("data/a", Meddling.reset());
        assertThatThrownBy(() -> admin.post(PATH, Map.of("data", Map.of("value", "v"))))
                .isInstanceOf(AssertionError.class);
        assertThat(admin.get(PATH).status()).isEqualTo(200);
        assertThat(fake.requests().get(0).status()).isZero();
    }

    @Test
    void spoilsTheResultsOfBatches() {
        admin.post("transit/keys/k", Map.of());
        Map<String, ?> batch = Map.of(
                "batch_input",
                List.of(
                        Map.of("plaintext", "", "reference", "0"),
                        Map.of("plaintext", "", "reference", "1"),
                        Map.of("plaintext", "", "reference", "2")));
        fake.next("encrypt", Meddling.shuffled(), Meddling.shortened());
        List<String> references = admin.post("transit/encrypt/k", batch).batch().stream()
                .map(one -> String.valueOf(((Map<?, ?>) one).get("reference")))
                .toList();
        assertThat(references).containsExactlyInAnyOrder("0", "1", "2").isNotEqualTo(List.of("0", "1", "2"));
        assertThat(admin.post("transit/encrypt/k", batch).batch()).hasSize(2);
    }

    @Test
    void locksOutARoleThatFailedFiveTimes() {
        admin.post("sys/auth/approle", Map.of("type", "approle"));
        admin.post("auth/approle/role/r", Map.of("token_policies", List.of("default")));
        Object roleId = admin.get("auth/approle/role/r/role-id").data().get("role_id");
        Object secretId =
                admin.post("auth/approle/role/r/secret-id", Map.of()).data().get("secret_id");
        Map<String, ?> wrong = Map.of("role_id", roleId, "secret_id", "wrong");
        for (int i = 0; i < 5; i++) {
            assertThat(admin.post("auth/approle/login", wrong).status()).isEqualTo(400);
        }
        assertThat(admin.post("auth/approle/login", Map.of("role_id", roleId, "secret_id", secretId))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void remembersRequestsWithoutTheirBodies() {
        admin.post(PATH, Map.of("data", Map.of("value", "what-was-sent")));
        assertThat(fake.requests("POST", PATH)).isEqualTo(1);
        assertThat(fake.requests().toString()).doesNotContain("what-was-sent");
    }

    @Test
    void derivesAKeyOfItsOwnForEachContext() {
        admin.post("transit/keys/d", Map.of("derived", true));
        Map<String, String> one = Map.of("plaintext", "aGVsbG8=", "context", "YQ==");
        Object ciphertext = admin.post("transit/encrypt/d", one).data().get("ciphertext");
        assertThat(admin.post("transit/decrypt/d", Map.of("ciphertext", ciphertext, "context", "YQ=="))
                        .data()
                        .get("plaintext"))
                .isEqualTo("aGVsbG8=");
        assertThat(admin.post("transit/decrypt/d", Map.of("ciphertext", ciphertext, "context", "Yg=="))
                        .status())
                .isEqualTo(400);
        assertThat(admin.post("transit/encrypt/d", Map.of("batch_input", List.of(one, Map.of("plaintext", "aGVsbG8="))))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void leavesAssociatedDataToKeysThatTakeIt() {
        admin.post("transit/keys/rsa", Map.of("type", "rsa-2048"));
        Administrator.Said said = admin.post(
                "transit/encrypt/rsa",
                Map.of("batch_input", List.of(Map.of("plaintext", "aGVsbG8=", "associated_data", "YQ=="))));
        assertThat(said.status()).isEqualTo(200);
        assertThat(((Map<?, ?>) said.batch().get(0)).get("error")).asString().contains("not supported");
    }
}
