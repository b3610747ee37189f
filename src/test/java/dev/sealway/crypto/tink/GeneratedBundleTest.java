package dev.sealway.crypto.tink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sealway.error.SealwayException;
import dev.sealway.error.SealwayException.Outcome;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratedBundleTest {

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void opensAgainAsItWasMade(Algorithm algorithm) {
        try (var generated = GeneratedBundle.generate("prod", algorithm)) {
            var opened = TinkKeyBundle.open(generated.material(), "a test");

            assertThat(opened.id()).isEqualTo("prod").isEqualTo(generated.id());
            assertThat(opened.fingerprint()).isEqualTo(generated.fingerprint()).hasSize(64);
            assertThat(opened.keysets()).isEqualTo(generated.keysets());
        }
    }

    @Test
    void fitsIntoAnEnvironmentVariable() {
        assertThat(Bundles.fresh(Algorithm.AES256_GCM)).hasSizeLessThan(2048).doesNotContain("\n", " ");
    }

    @Test
    void makesFreshKeysEachTime() {
        assertThat(Bundles.material(Bundles.fresh(Algorithm.AES256_GCM)))
                .doesNotContainAnyElementsOf(Bundles.material(Bundles.fresh(Algorithm.AES256_GCM)).stream()
                        .filter(secret -> secret.length() > 30)
                        .toList());
    }

    @Test
    @DisplayName("T84 the material is zeroed when it is closed")
    void zeroesTheMaterial() {
        var generated = GeneratedBundle.generate("prod", Algorithm.AES256_GCM);
        byte[] bytes = generated.material().revealBytes();
        assertThat(new String(bytes, StandardCharsets.UTF_8)).startsWith("{\"sealway_keys\":1,\"bundle_id\":\"prod\",");

        generated.close();

        assertThat(bytes).containsOnly(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Prod", "a b", "a/b/c", "-a", "ı"})
    void refusesAnUnprintableId(String id) {
        assertThatExceptionOfType(SealwayException.class)
                .isThrownBy(() -> GeneratedBundle.generate(id, Algorithm.AES256_GCM))
                .satisfies(refused -> assertThat(refused.outcome()).isEqualTo(Outcome.WRONG_USAGE));
    }

    @Test
    void findsAnAlgorithmByItsName() {
        assertThat(Algorithm.parse("aes256-gcm")).isEqualTo(Algorithm.AES256_GCM);
        assertThat(Algorithm.parse("xaes_256_gcm_192_bit_nonce")).isEqualTo(Algorithm.XAES_256_GCM_192_BIT_NONCE);
        assertThatExceptionOfType(SealwayException.class)
                .isThrownBy(() -> Algorithm.parse("des"))
                .withMessage("unknown algorithm des; choose AES256_GCM or XAES_256_GCM_192_BIT_NONCE");
    }
}
