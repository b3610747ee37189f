package dev.sealway.crypto.tink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sealway.crypto.KeyEncryptionKey;
import dev.sealway.crypto.KeysetInfo;
import dev.sealway.error.SealwayException;
import dev.sealway.error.SealwayException.Outcome;
import dev.sealway.json.Json;
import dev.sealway.keys.KeyMaterial;
import dev.sealway.testing.RemoteKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WrappedBundleTest {

    private final RemoteKey kek = new RemoteKey();
    private final String json = generate(kek);

    @Test
    void opensAgainUnderItsKey() {
        try (var generated = GeneratedBundle.generate("prod", Algorithm.AES256_GCM, Optional.of(kek))) {
            var opened = TinkKeyBundle.open(generated.material(), "a test", Optional.of(kek));

            assertThat(opened.keysets()).isEqualTo(generated.keysets());
            assertThat(opened.fingerprint()).isEqualTo(generated.fingerprint());
            assertThat(opened.acceptsCanary("data/default", opened.canary("data/default")))
                    .isTrue();
        }
    }

    @Test
    @DisplayName("T81 tells which key wrapped it and the ids of its keys, and has no material in clear")
    void keepsItsMaterialWrapped() {
        assertThat(Bundles.material(json)).isEmpty();
        assertThat(json)
                .startsWith("{\"sealway_keys\":1,\"bundle_id\":\"test\",\"kek\":\"remote kek\",\"keysets\":{")
                .contains("\"encrypted_keyset\":{\"encryptedKeyset\":\"", "\"keysetInfo\":{")
                .doesNotContain("\"keyset\"");
        assertThat(open(json, kek).keysets())
                .extracting(KeysetInfo::primaryKeyId)
                .allSatisfy(id -> assertThat(json).contains("\"primaryKeyId\":%d".formatted(id)));
    }

    @Test
    void refusesKeysetsThatWereSwapped() {
        String swapped = swap("data/default", "backup/default");

        assertThatExceptionOfType(SealwayException.class)
                .isThrownBy(() -> open(swapped, kek))
                .withMessage("keyset data/default: remote kek did not wrap this");
        assertThatExceptionOfType(SealwayException.class)
                .isThrownBy(() -> open(swap("token/default", "evidence/default"), kek));
    }

    @Test
    @DisplayName("T30 another key does not open it")
    void refusesAnotherKey() {
        assertThatExceptionOfType(SealwayException.class)
                .isThrownBy(() -> open(json, new RemoteKey()))
                .withNoCause();
    }

    @Test
    void asksForTheKeyThatThePlanDoesNotName() {
        assertThatExceptionOfType(SealwayException.class)
                .isThrownBy(() -> Bundles.open(json))
                .withMessage(
                        "the keysets of the key bundle in a test are wrapped; say 'kek' beside its provider in the plan: the"
                                + " bundle's own member 'kek' tells under which key")
                .satisfies(refused -> assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED));
    }

    @Test
    void refusesABundleInClearWhereThePlanNamesAKey() {
        assertThatExceptionOfType(SealwayException.class)
                .isThrownBy(() -> open(Bundles.fresh(Algorithm.AES256_GCM), kek))
                .withMessage(
                        "the keysets of the key bundle in a test are not wrapped, but the plan says 'kek'; name the bundle"
                                + " that 'sealway keygen --plan' wrapped, or leave 'kek' out")
                .satisfies(refused -> assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED));
    }

    @Test
    void refusesAKeysetInClearAmongWrappedOnes() {
        Map<String, Object> bundle = parse(json);
        keysets(bundle)
                .put(
                        "data/default",
                        keysets(parse(Bundles.fresh(Algorithm.AES256_GCM))).get("data/default"));

        assertThatExceptionOfType(BrokenBundleException.class)
                .isThrownBy(() -> open(Json.compact(bundle), kek))
                .satisfies(broken -> assertThat(broken.faults())
                        .containsExactly(
                                "keyset data/default: it does not consist of 'purpose' and 'encrypted_keyset'"));
    }

    @Test
    @DisplayName("T81 a damaged wrapped bundle is refused without a word of it")
    void refusesADamagedBundle() {
        String damaged = json.replaceFirst("\"encryptedKeyset\"", "\"CANARY\"");

        assertThatExceptionOfType(BrokenBundleException.class)
                .isThrownBy(() -> open(damaged, kek))
                .withMessageContaining("keyset data/default: its encrypted keyset is not one that Tink can read")
                .withMessageNotContaining("CANARY")
                .withNoCause();
    }

    @Test
    void wrapsEachKeysetForItsName() {
        List<String> places = new ArrayList<>();
        generate(new KeyEncryptionKey() {
            @Override
            public String id() {
                return kek.id();
            }

            @Override
            public byte[] wrap(byte[] material, byte[] associatedData) {
                places.add(new String(associatedData, UTF_8));
                return kek.wrap(material, associatedData);
            }

            @Override
            public byte[] unwrap(byte[] wrapped, byte[] associatedData) {
                return kek.unwrap(wrapped, associatedData);
            }
        });

        assertThat(places)
                .containsExactly(
                        "sealway/keyset/v1|data/default",
                        "sealway/keyset/v1|token/default",
                        "sealway/keyset/v1|evidence/default",
                        "sealway/keyset/v1|audit/default",
                        "sealway/keyset/v1|backup/default");
    }

    private String swap(String one, String other) {
        Map<String, Object> bundle = parse(json);
        Map<String, Map<String, Object>> keysets = keysets(bundle);
        Object first = keysets.get(one).get("encrypted_keyset");
        keysets.get(one).put("encrypted_keyset", keysets.get(other).get("encrypted_keyset"));
        keysets.get(other).put("encrypted_keyset", first);
        return Json.compact(bundle);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> parse(String json) {
        return (Map<String, Object>) Json.parse(json);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> keysets(Map<String, Object> bundle) {
        return (Map<String, Map<String, Object>>) (Map<?, ?>) (Map<?, ?>) bundle.get("keysets");
    }

    private static TinkKeyBundle open(String json, KeyEncryptionKey kek) {
        return TinkKeyBundle.open(KeyMaterial.owning(json.getBytes(UTF_8), ""), "a test", Optional.of(kek));
    }

    private static String generate(KeyEncryptionKey kek) {
        try (var generated = GeneratedBundle.generate("test", Algorithm.AES256_GCM, Optional.of(kek))) {
            return new String(generated.material().revealBytes(), UTF_8);
        }
    }
}
