package dev.sealway.testing.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.crypto.AssociatedData;
import dev.sealway.crypto.Encoding;
import dev.sealway.crypto.Plaintext;
import dev.sealway.crypto.transit.TransitCipher;
import dev.sealway.keys.KeyMaterial;
import dev.sealway.keys.KeyRef;
import dev.sealway.keys.vault.VaultKvKeyProvider;
import dev.sealway.testing.vault.Administrator.Said;
import dev.sealway.vault.VaultRefusedException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * What Sealway relies on in a Vault, held against the fake, a server that is given, and servers in containers. Asserts
 * statuses, presence and what became of each item; of texts only the words by which they are told apart.
 */
abstract class VaultContract {

    private static final String HELLO = base64("hello");

    private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

    private Sandbox sandbox;
    private Administrator admin;

    abstract VaultTarget target();

    @BeforeEach
    void makeASandbox() {
        if (TOLD.add(target().name())) {
            LoggerFactory.getLogger(VaultContract.class).info("Vault's contract is held against {}", target());
        }
        sandbox = new Sandbox(target());
        admin = sandbox.admin;
    }

    @AfterEach
    void takeItAway() {
        sandbox.close();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private String encrypted(Map<String, String> more) {
        Map<String, String> body = new HashMap<>(more);
        body.put("plaintext", HELLO);
        return (String) sandbox.transit("encrypt", body).data().get("ciphertext");
    }

    private static Object of(Object result, String member) {
        return ((Map<?, ?>) result).get(member);
    }

    @Test
    void bindsACiphertextToItsAssociatedData() {
        String bound = encrypted(Map.of("associated_data", base64("here")));
        assertThat(bound).matches("vault:v1:[A-Za-z0-9+/]{36,}={0,2}");
        Said here = sandbox.transit("decrypt", Map.of("ciphertext", bound, "associated_data", base64("here")));
        assertThat(here.status()).isEqualTo(200);
        assertThat(here.data().get("plaintext")).isEqualTo(HELLO);
        Said there = sandbox.transit("decrypt", Map.of("ciphertext", bound, "associated_data", base64("there")));
        assertThat(there.status()).isEqualTo(400);
        assertThat(there.errors().toString()).contains("authentication failed");
    }

    @Test
    void answersABatchInItsOrderWithItsReferences() {
        Said said = sandbox.transit(
                "encrypt",
                Map.of(
                        "batch_input",
                        List.of(
                                Map.of("plaintext", HELLO, "reference", "0"),
                                Map.of("plaintext", "", "reference", "1"),
                                Map.of("plaintext", HELLO))));
        assertThat(said.status()).isEqualTo(200);
        assertThat(said.batch())
                .hasSize(3)
                .allSatisfy(one -> assertThat(of(one, "ciphertext")).asString().startsWith("vault:v1:"));
        assertThat(of(said.batch().get(0), "reference")).isEqualTo("0");
        assertThat(of(said.batch().get(1), "reference")).isEqualTo("1");
    }

    private Said halfGoodBatch(String verb, Map<String, ?> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put(
                "batch_input",
                List.of(
                        Map.of("ciphertext", encrypted(Map.of()), "reference", "0"),
                        Map.of("ciphertext", "vault:v1:hello", "reference", "1")));
        return sandbox.transit(verb, body);
    }

    @Test
    void answersABatchThatPartlyFailedWith400AndTheGoodResults() {
        Said said = halfGoodBatch("decrypt", Map.of());
        assertThat(said.status()).isEqualTo(400);
        assertThat(said.errors()).isEmpty();
        assertThat(said.batch()).hasSize(2);
        assertThat(of(said.batch().get(0), "plaintext")).isEqualTo(HELLO);
        assertThat(of(said.batch().get(1), "error")).asString().isNotEmpty();
        assertThat(of(said.batch().get(1), "plaintext"))
                .as("a failed item has a plaintext too, so only the error tells")
                .isEqualTo("");
    }

    @Test
    void answersAPartialFailureWithTheStatusThatWasAskedFor() {
        Said said = halfGoodBatch("decrypt", Map.of("partial_failure_response_code", 200));
        assertThat(said.status()).isEqualTo(200);
        assertThat(of(said.batch().get(1), "error")).asString().isNotEmpty();
    }

    @Test
    void answersABatchOfRewrapsWith200WhateverBecameOfThem() {
        Said said = halfGoodBatch("rewrap", Map.of());
        assertThat(said.status()).isEqualTo(200);
        assertThat(of(said.batch().get(0), "ciphertext")).asString().startsWith("vault:v1:");
        assertThat(of(said.batch().get(1), "error")).asString().isNotEmpty();
    }

    @Test
    void doesNotRewrapWhatIsBound() {
        String bound = encrypted(Map.of("associated_data", base64("here")));
        Said said = sandbox.transit(
                "rewrap",
                Map.of("batch_input", List.of(Map.of("ciphertext", bound, "associated_data", base64("here")))));
        assertThat(of(said.batch().get(0), "error")).asString().contains("authentication failed");
    }

    @Test
    void answersWith500WhatItTakesForItsOwnErrorYetTellsTheResults() {
        Said said = sandbox.transit(
                "encrypt",
                Map.of(
                        "batch_input",
                        List.of(Map.of("plaintext", HELLO), Map.of("plaintext", HELLO, "associated_data", "%"))));
        assertThat(said.status()).isEqualTo(500);
        assertThat(of(said.batch().get(0), "ciphertext")).asString().startsWith("vault:v1:");
        assertThat(of(said.batch().get(1), "error")).asString().contains("base64");
    }

    @Test
    void refusesBatchesThatAreNone() {
        assertThat(sandbox.transit("encrypt", Map.of("batch_input", List.of())).status())
                .isEqualTo(400);
        assertThat(sandbox.transit("encrypt", Map.of("batch_input", List.of(Map.of("x", "y"))))
                        .status())
                .isEqualTo(500);
    }

    @Test
    void tellsVersionsApart() {
        String first = encrypted(Map.of());
        admin.post(sandbox.transit + "/keys/shop/rotate", Map.of());
        assertThat(encrypted(Map.of())).startsWith("vault:v2:");
        assertThat(admin.get(sandbox.transit + "/keys/shop").data().get("latest_version"))
                .hasToString("2");
        Said tooNew = sandbox.transit("decrypt", Map.of("ciphertext", first.replace("vault:v1:", "vault:v9:")));
        assertThat(tooNew.errors().toString()).contains("too new");
        admin.post(sandbox.transit + "/keys/shop/config", Map.of("min_decryption_version", 2));
        Said tooOld = sandbox.transit("decrypt", Map.of("ciphertext", first));
        assertThat(tooOld.status()).isEqualTo(400);
        assertThat(tooOld.errors().toString()).contains("too old");
    }

    @Test
    void makesAMissingKeyForATokenThatMayCreateAndForNoOther() {
        String updater = sandbox.token("""
                path "%s/encrypt/*" { capabilities = ["update"] }""".formatted(sandbox.transit));
        Map<String, String> body = Map.of("plaintext", HELLO);
        assertThat(admin.as(updater)
                        .post(sandbox.transit + "/encrypt/typo", body)
                        .status())
                .isEqualTo(403);
        assertThat(admin.get(sandbox.transit + "/keys/typo").status()).isEqualTo(404);
        assertThat(admin.post(sandbox.transit + "/encrypt/typo", body).status()).isEqualTo(200);
        assertThat(admin.get(sandbox.transit + "/keys/typo").status()).isEqualTo(200);
    }

    @Test
    void tellsASecretThatIsMissingFromOneThatWasDeleted() {
        String path = sandbox.kv + "/data/a";
        Said missing = admin.get(path);
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.data()).isEmpty();
        admin.post(path, Map.of("data", Map.of("value", "v")));
        admin.delete(path);
        Said deleted = admin.get(path);
        assertThat(deleted.status()).isEqualTo(404);
        assertThat(of(deleted.data().get("metadata"), "version")).hasToString("1");
        admin.post(sandbox.kv + "/undelete/a", Map.of("versions", List.of(1)));
        assertThat(admin.get(path).status()).isEqualTo(200);
    }

    @Test
    void writesOnlyOverTheVersionThatIsNamed() {
        String path = sandbox.kv + "/data/b";
        Map<String, ?> first = Map.of("data", Map.of("value", "v"), "options", Map.of("cas", 0));
        assertThat(admin.post(path, first).status()).isEqualTo(200);
        Said again = admin.post(path, first);
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.errors().toString()).contains("did not match the current version");
    }

    @Test
    void deniesAnUnknownToken() {
        assertThat(admin.as("hvs.unknown").get(sandbox.kv + "/data/a").status()).isEqualTo(403);
    }

    @Test
    void letsARoleInWithItsSecretOnly() {
        String role = "auth/%s/role/r".formatted(sandbox.approle);
        admin.post(role, Map.of("token_policies", List.of("default")));
        Object roleId = admin.get(role + "/role-id").data().get("role_id");
        Object secretId = admin.post(role + "/secret-id", Map.of()).data().get("secret_id");
        String login = "auth/%s/login".formatted(sandbox.approle);
        assertThat(admin.post(login, Map.of("role_id", roleId, "secret_id", secretId))
                        .auth()
                        .get("client_token"))
                .asString()
                .isNotEmpty();
        assertThat(admin.post(login, Map.of("role_id", roleId, "secret_id", "wrong"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void carriesTheCipherWithLeastRights() {
        TransitCipher cipher = new TransitCipher(sandbox.client(sandbox.token("""
                path "%1$s/keys/shop" { capabilities = ["read"] }
                path "%1$s/encrypt/shop" { capabilities = ["update"] }
                path "%1$s/decrypt/shop" { capabilities = ["update"] }
                path "%1$s/rewrap/shop" { capabilities = ["update"] }
                """.formatted(sandbox.transit))));
        AssociatedData row = AssociatedData.ofRow("a.b.c", Encoding.parse("pgtext/1"), List.of("1"));
        Plaintext value = Plaintext.owning("käy 漢".getBytes(UTF_8));
        byte[] bound = cipher.seal(value, row);
        byte[] loose = cipher.seal(value, AssociatedData.none());
        admin.post(sandbox.transit + "/keys/shop/rotate", Map.of());
        List<byte[]> moved = List.of(
                cipher.rewrapAll(List.of(bound), List.of(row)).get(0).orThrow(),
                cipher.rewrapAll(List.of(loose), List.of(AssociatedData.none()))
                        .get(0)
                        .orThrow());
        assertThat(cipher.open(moved.get(0), row)).isEqualTo(value);
        assertThat(cipher.open(moved.get(1), AssociatedData.none())).isEqualTo(value);
        assertThat(moved).allSatisfy(one -> assertThat(one).startsWith(cipher.primaryPrefix()));
        assertThat(cipher.accepts(cipher.make())).isTrue();
    }

    @Test
    void carriesKeyBundlesWithLeastRights() {
        VaultKvKeyProvider provider =
                new VaultKvKeyProvider(sandbox.connection(sandbox.token("""
                path "%s/data/shop/*" { capabilities = ["create", "read", "update"] }""".formatted(sandbox.kv))));
        KeyRef ref = new KeyRef("shop/keys", Map.of("mount", sandbox.kv));
        provider.create(ref, material("first"));
        assertThatThrownBy(() -> provider.create(ref, material("x"))).hasMessageContaining("never overwritten");
        provider.replace(ref, material("käy 漢"), "1");
        try (KeyMaterial fetched = provider.fetch(ref)) {
            assertThat(new String(fetched.revealBytes(), UTF_8)).isEqualTo("käy 漢");
            assertThat(fetched.version()).isEqualTo("2");
        }
        assertThatThrownBy(() -> sandbox.client(sandbox.token("")).key()).isInstanceOf(VaultRefusedException.class);
    }

    private static KeyMaterial material(String text) {
        return KeyMaterial.owning(text.getBytes(UTF_8), "");
    }
}
