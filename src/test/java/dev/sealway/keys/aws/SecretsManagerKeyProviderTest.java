package dev.sealway.keys.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sealway.error.SealwayException;
import dev.sealway.error.SealwayException.Outcome;
import dev.sealway.keys.KeyMaterial;
import dev.sealway.keys.KeyNotFoundException;
import dev.sealway.keys.KeyRef;
import dev.sealway.keys.KeyUnavailableException;
import dev.sealway.testing.AwsExtension;
import dev.sealway.testing.AwsServer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(AwsExtension.class)
class SecretsManagerKeyProviderTest {

    private static final String BUNDLE = "{\"bundle\":\"ü\"}";

    private final SecretsManagerKeyProvider provider = new SecretsManagerKeyProvider();
    private Secrets secrets;

    @BeforeEach
    void reach(AwsServer server) {
        secrets = new Secrets(server);
    }

    @Test
    @DisplayName("T31 a new bundle comes back as it was stored, with its version")
    void keepsABundle() {
        KeyRef ref = secrets.newRef();

        provider.create(ref, material(BUNDLE));

        try (var fetched = provider.fetch(ref)) {
            assertThat(fetched.revealBytes()).isEqualTo(BUNDLE.getBytes(UTF_8));
            assertThat(fetched.version())
                    .isEqualTo(secrets.versions(ref).keySet().iterator().next());
        }
    }

    @Test
    @DisplayName("T31 an existing secret is never overwritten, and gets no version")
    void neverOverwrites() {
        KeyRef ref = secrets.newRef();
        secrets.store(ref, "precious");

        assertThatExceptionOfType(SealwayException.class)
                .isThrownBy(() -> provider.create(ref, material("CANARY")))
                .withMessage(
                        "secret %s of AWS Secrets Manager exists already, and a key bundle is never overwritten;"
                                + " choose another name",
                        ref.name())
                .satisfies(refused -> assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED));
        assertThat(secrets.read(ref, "AWSCURRENT")).isEqualTo("precious");
        assertThat(secrets.versions(ref)).hasSize(1);
    }

    @Test
    @DisplayName("T30 a missing secret is an error, and stays missing")
    void neverMakesABundleSilently() {
        KeyRef ref = secrets.newRef();

        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(KeyNotFoundException.class)
                    .isThrownBy(() -> provider.fetch(ref))
                    .withMessageStartingWith(
                            "no key bundle in secret %s of AWS Secrets Manager; one is never made silently",
                            ref.name());
        }
        assertThatExceptionOfType(KeyNotFoundException.class)
                .isThrownBy(() -> provider.replace(ref, material("CANARY"), ""));
        assertThatExceptionOfType(KeyNotFoundException.class).isThrownBy(() -> provider.fetch(ref));
    }

    @Test
    void readsASecretThatIsBinary() {
        KeyRef ref = secrets.newRef();
        secrets.storeBinary(ref, BUNDLE.getBytes(UTF_8));

        assertThat(text(ref)).isEqualTo(BUNDLE);
    }

    @Test
    void readsWhatIsCurrentAndNothingElse() {
        KeyRef ref = secrets.newRef();
        secrets.store(ref, "one");
        secrets.put(ref, "two", "AWSCURRENT");
        secrets.put(ref, "three", "AWSPENDING");

        assertThat(text(ref)).isEqualTo("two");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"user\":\"u\",\"keys\":\"{\\\"a\\\":1.50}\"} | {\"a\":1.50}",
                "{\"user\":\"u\",\"keys\":{\"a\":1.50}} | {\"a\":1.50}"
            })
    void readsAFieldOfASecretThatIsJson(String secret, String bundle) {
        KeyRef ref = secrets.newRef("field", "keys");
        secrets.store(ref, secret);

        assertThat(text(ref)).isEqualTo(bundle);
    }

    @Test
    void missesAFieldThatIsNotThere() {
        KeyRef ref = secrets.newRef("field", "keys");
        secrets.store(ref, "{\"user\":\"CANARY\",\"keys\":\"\"}");

        assertThatExceptionOfType(KeyNotFoundException.class)
                .isThrownBy(() -> provider.fetch(ref))
                .withMessageContaining("no key bundle in secret %s of AWS Secrets Manager, field keys", ref.name());
    }

    @ParameterizedTest
    @CsvSource({"CANARY", "'[\"CANARY\"]'"})
    void refusesAFieldOfWhatIsNoJsonObject(String secret) {
        KeyRef ref = secrets.newRef("field", "keys");
        secrets.store(ref, secret);

        assertThatExceptionOfType(SealwayException.class)
                .isThrownBy(() -> provider.fetch(ref))
                .withMessageContaining("is not a JSON object, so it has no field; leave 'field' out")
                .withMessageNotContaining("CANARY");
    }

    @Test
    void makesASecretWithAField() {
        KeyRef ref = secrets.newRef("field", "keys");

        provider.create(ref, material(BUNDLE));

        assertThat(text(ref)).isEqualTo(BUNDLE);
        assertThat(secrets.read(ref, "AWSCURRENT")).startsWith("{\"keys\":\"{");
    }

    @Test
    void replacesWhatIsCurrentAndKeepsWhatWas() {
        KeyRef ref = secrets.newRef();
        provider.create(ref, material("one"));

        replace(ref, "two");
        replace(ref, "one");
        replace(ref, "two");

        assertThat(text(ref)).isEqualTo("two");
        assertThat(secrets.read(ref, "AWSPREVIOUS")).isEqualTo("one");
        assertThat(secrets.versions(ref).values())
                .filteredOn(stages -> !stages.isEmpty())
                .containsExactlyInAnyOrder(List.of("AWSCURRENT"), List.of("AWSPREVIOUS"));
    }

    @Test
    void replacesAFieldAndLeavesTheOthersAlone() {
        KeyRef ref = secrets.newRef("field", "keys");
        secrets.store(ref, "{\"user\":\"u\",\"keys\":\"one\",\"port\":1.50}");

        replace(ref, "two");

        assertThat(secrets.read(ref, "AWSCURRENT")).isEqualTo("{\"user\":\"u\",\"keys\":\"two\",\"port\":1.50}");
    }

    @Test
    @DisplayName("T34 another version than the expected one is not overwritten")
    void refusesToReplaceWhatSomebodyElseChanged() {
        KeyRef ref = secrets.newRef();
        provider.create(ref, material("one"));
        String version = version(ref);
        secrets.put(ref, "theirs", "AWSCURRENT");

        assertThatExceptionOfType(SealwayException.class)
                .isThrownBy(() -> provider.replace(ref, material("CANARY"), version))
                .withMessage(
                        "secret %s of AWS Secrets Manager was changed by somebody else since it was read, and nothing was"
                                + " overwritten; begin again with what is there now",
                        ref.name())
                .satisfies(refused -> assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED));
        assertThat(text(ref)).isEqualTo("theirs");
        assertThat(secrets.versions(ref)).hasSize(2);
    }

    @Test
    void tellsASecretThatWaitsForItsDeletion() {
        KeyRef ref = secrets.newRef();
        secrets.store(ref, "CANARY");
        secrets.delete(ref);

        assertThatExceptionOfType(KeyUnavailableException.class)
                .isThrownBy(() -> provider.fetch(ref))
                .withMessageContaining("the secret waits for its deletion");
    }

    @Test
    void refusesSettingsThatItDoesNotHave() {
        KeyRef ref = secrets.newRef("filed", "keys");

        assertThatExceptionOfType(SealwayException.class)
                .isThrownBy(() -> provider.fetch(ref))
                .withMessage("provider aws-secrets-manager has no settings [filed]; it has [endpoint, field, region]");
    }

    private void replace(KeyRef ref, String text) {
        provider.replace(ref, material(text), version(ref));
    }

    private String version(KeyRef ref) {
        try (var fetched = provider.fetch(ref)) {
            return fetched.version();
        }
    }

    private String text(KeyRef ref) {
        try (var fetched = provider.fetch(ref)) {
            return new String(fetched.revealBytes(), UTF_8);
        }
    }

    private static KeyMaterial material(String text) {
        return KeyMaterial.owning(text.getBytes(UTF_8), "");
    }
}
