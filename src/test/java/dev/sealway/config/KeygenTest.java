package dev.sealway.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sealway.error.SealwayException;
import dev.sealway.error.SealwayException.Outcome;
import dev.sealway.keys.KeyMaterial;
import dev.sealway.keys.KeyNotFoundException;
import dev.sealway.plan.KekSource;
import dev.sealway.plan.KeySource;
import dev.sealway.plan.Plan;
import dev.sealway.testing.AwsExtension;
import dev.sealway.testing.AwsServer;
import dev.sealway.testing.KmsKeys;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(AwsExtension.class)
class KeygenTest {

    private final KeySources sources = new KeySources(new VaultConnections(Map.of()));
    private final String secret = "sealway/keygen/%s".formatted(UUID.randomUUID());
    private AwsServer server;

    @BeforeEach
    void reach(AwsServer server) {
        this.server = server;
    }

    @Test
    @DisplayName("T31 makes a bundle where the plan says, once, and opens it from there")
    void makesABundleWhereThePlanSays() {
        Plan plan = plan("");

        Keygen.NewBundle made = Keygen.to(plan, Map.of(), "shop", "AES256_GCM");

        var opened = new PlannedBundle(sources, plan).get();
        assertThat(opened.id()).isEqualTo("shop").isEqualTo(made.id());
        assertThat(opened.fingerprint()).isEqualTo(made.fingerprint());
        assertThat(opened.keysets()).isEqualTo(made.keysets());
        assertThatExceptionOfType(SealwayException.class)
                .isThrownBy(() -> Keygen.to(plan, Map.of(), "shop", "AES256_GCM"))
                .satisfies(refused -> assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED));
        assertThat(new PlannedBundle(sources, plan).get().fingerprint()).isEqualTo(made.fingerprint());
    }

    @Test
    void wrapsABundleWhosePlanNamesAKey() {
        String key = KmsKeys.newKey(server);
        Plan plan = plan(", kek: { kind: aws-kms, key: %s, region: us-east-1, endpoint: '%s' }"
                .formatted(key, server.endpoint()));

        Keygen.NewBundle made = Keygen.to(plan, Map.of(), "shop", "AES256_GCM");

        assertThat(new PlannedBundle(sources, plan).get().keysets()).isEqualTo(made.keysets());
        assertThat(stored(plan.keys().orElseThrow()))
                .contains("\"kek\":\"aws-kms %s\"".formatted(key), "encryptedKeyset")
                .doesNotContain("\"keyData\"");
        assertThatExceptionOfType(SealwayException.class)
                .isThrownBy(() -> new PlannedBundle(sources, plan("")).get())
                .withMessageContaining("are wrapped; say 'kek'");
    }

    @Test
    void storesNothingIfTheKeyDoesNotWrap() {
        Plan plan = plan(", kek: { kind: aws-kms, key: alias/none, region: us-east-1, endpoint: '%s' }"
                .formatted(server.endpoint()));

        assertThatExceptionOfType(SealwayException.class)
                .isThrownBy(() -> Keygen.to(plan, Map.of(), "shop", "AES256_GCM"))
                .withMessageContaining("aws-kms alias/none could not wrap a keyset: there is no such key");
        assertThatExceptionOfType(KeyNotFoundException.class)
                .isThrownBy(() -> sources.fetch(plan.keys().orElseThrow()));
    }

    @Test
    void replacesABundleThroughItsProvider() {
        KeySource source = plan("").keys().orElseThrow();
        Keygen.to(source, Map.of(), "shop", "AES256_GCM");
        String version;
        try (KeyMaterial fetched = sources.fetch(source)) {
            version = fetched.version();
        }

        sources.replace(source, KeyMaterial.owning("two".getBytes(UTF_8), ""), version);

        assertThat(stored(source)).isEqualTo("two");
    }

    @Test
    void refusesProvidersAndKeysThatDoNotExist() {
        assertThatExceptionOfType(SealwayException.class)
                .isThrownBy(() -> sources.fetch(new KeySource("safe", "x", Map.of(), Optional.empty())))
                .withMessageStartingWith("unknown key provider safe; known are env, file, aws-secrets-manager");
        var kek = Optional.of(new KekSource("safe", new HashMap<>()));
        assertThatExceptionOfType(SealwayException.class)
                .isThrownBy(() -> sources.kek(new KeySource("file", "x", Map.of(), kek)))
                .withMessageStartingWith("unknown kek safe; known");
    }

    private String stored(KeySource source) {
        try (KeyMaterial fetched = sources.fetch(source)) {
            return new String(fetched.revealBytes(), UTF_8);
        }
    }

    private Plan plan(String kek) {
        return PlanTexts.plan("""
                sealway: 1
                name: shop
                keys: { provider: aws-secrets-manager, ref: %s, region: us-east-1, endpoint: '%s'%s }
                tables:
                  public.customers: { columns: { email: {} } }
                """.formatted(secret, server.endpoint(), kek), "a test");
    }
}
