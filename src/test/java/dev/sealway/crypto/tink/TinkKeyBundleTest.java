package dev.sealway.crypto.tink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sealway.crypto.KeyPurpose;
import dev.sealway.crypto.KeysetInfo;
import dev.sealway.error.SealwayException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TinkKeyBundleTest {

    private static final List<String> NAMES =
            List.of("data/default", "token/default", "evidence/default", "audit/default", "backup/default");

    private final String json = Bundles.fresh(Algorithm.AES256_GCM);
    private final TinkKeyBundle bundle = Bundles.open(json);

    @Test
    void holdsOneKeysetPerPurposeInOrder() {
        assertThat(bundle.keysets()).extracting(KeysetInfo::name).containsExactlyElementsOf(NAMES);
        assertThat(bundle.keysets())
                .extracting(KeysetInfo::purpose)
                .containsExactly(
                        KeyPurpose.AEAD, KeyPurpose.PRF, KeyPurpose.PRF, KeyPurpose.MAC, KeyPurpose.STREAMING_AEAD);
        assertThat(bundle.keysets())
                .allSatisfy(keyset -> assertThat(keyset.keyIds()).containsExactly(keyset.primaryKeyId()));
        assertThat(bundle.has("token/default", KeyPurpose.PRF)).isTrue();
        assertThat(bundle.has("token/default", KeyPurpose.AEAD)).isFalse();
    }

    @Test
    @DisplayName("T30 every keyset knows its own canary, and none of another bundle")
    void tellsBundlesApartByTheirCanaries() {
        var other = Bundles.open(Bundles.fresh(Algorithm.AES256_GCM));

        for (String name : NAMES) {
            byte[] canary = bundle.canary(name);
            assertThat(bundle.acceptsCanary(name, canary)).isTrue();
            assertThat(Bundles.open(json).acceptsCanary(name, canary)).isTrue();
            assertThat(other.acceptsCanary(name, canary)).isFalse();
            assertThat(bundle.acceptsCanary(name, new byte[0])).isFalse();
            canary[canary.length - 1] ^= 1;
            assertThat(bundle.acceptsCanary(name, canary)).isFalse();
        }
        assertThat(bundle.acceptsCanary("evidence/default", bundle.canary("token/default")))
                .isFalse();
        assertThat(bundle.acceptsCanary("data/other", bundle.canary("data/default")))
                .isFalse();
    }

    @Test
    void acceptsACanaryOfAnyOfItsKeys() {
        String newer = Bundles.fresh(Algorithm.AES256_GCM);

        for (String name : NAMES) {
            var rotated = Bundles.open(Bundles.withKeysOf(newer, json, name));
            assertThat(rotated.acceptsCanary(name, bundle.canary(name))).isTrue();
            assertThat(bundle.acceptsCanary(name, rotated.canary(name))).isFalse();
        }
    }

    @Test
    void namesTheKeysetThatIsMissing() {
        assertThatExceptionOfType(SealwayException.class)
                .isThrownBy(() -> bundle.cipher("data/tenant"))
                .withMessage("key bundle test has no keyset data/tenant of purpose aead, only [data/default];"
                        + " name one of these in the plan or add the keyset");
        assertThatExceptionOfType(SealwayException.class).isThrownBy(() -> bundle.prf("data/default"));
        assertThatExceptionOfType(SealwayException.class).isThrownBy(() -> bundle.canary("data/tenant"));
    }

    @Test
    void computesOneToThirtyTwoBytes() {
        var prf = bundle.prf("token/default");

        assertThat(prf.compute(new byte[] {1}, 32)).hasSize(32).startsWith(prf.compute(new byte[] {1}, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> prf.compute(new byte[0], 33));
        assertThatIllegalArgumentException().isThrownBy(() -> prf.compute(new byte[0], 0));
    }

    @Test
    void computesUnderAnyKeyOfAKeyset() {
        String newer = Bundles.fresh(Algorithm.AES256_GCM);
        var rotated = Bundles.open(Bundles.withKeysOf(newer, json, "token/default"));
        long key = bundle.keyset("token/default").primaryKeyId();
        byte[] before = bundle.prf("token/default").compute(new byte[] {1}, 16);

        assertThat(rotated.keyset("token/default").primaryKeyId()).isNotEqualTo(key);
        assertThat(rotated.prf("token/default").compute(new byte[] {1}, 16)).isNotEqualTo(before);
        assertThat(rotated.prf("token/default", key).compute(new byte[] {1}, 16))
                .isEqualTo(before);
        assertThatExceptionOfType(SealwayException.class)
                .isThrownBy(() -> Bundles.open(newer).prf("token/default", key))
                .withMessageContaining("keyset token/default of key bundle test has no key %d".formatted(key));
    }

    @Test
    void leavesOutADisabledKey() {
        String newer = Bundles.fresh(Algorithm.AES256_GCM);
        String both = Bundles.withKeysOf(newer, json, "data/default");
        int last = both.indexOf("ENABLED", both.indexOf("ENABLED") + 1);
        String disabled = both.substring(0, last) + "DISABLED" + both.substring(last + 7);

        assertThat(Bundles.open(both).keysets().get(0).keyIds()).hasSize(2);
        assertThat(Bundles.open(disabled).keysets().get(0).keyIds())
                .containsExactly(Bundles.open(newer).keysets().get(0).primaryKeyId());
    }
}
