package dev.sealway.crypto.tink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.crypto.Encoding;
import dev.sealway.crypto.KeyPurpose;
import dev.sealway.crypto.KeysetInfo;
import dev.sealway.crypto.KnownAnswers;
import dev.sealway.search.BlindIndex;
import dev.sealway.search.Normalizer;
import dev.sealway.search.SearchToken;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is stored in databases and secret stores is frozen; these answers were computed without Tink and without Java. */
class PublishedFormatTest {

    private final TinkKeyBundle bundle = Bundles.published();

    @Test
    void opensTheBundle() {
        assertThat(bundle.id()).isEqualTo("test-vectors");
        assertThat(bundle.fingerprint()).isEqualTo(KnownAnswers.bundleFingerprint());
        assertThat(bundle.keysets())
                .containsExactly(
                        new KeysetInfo("data/default", KeyPurpose.AEAD, 0x01020304L, List.of(0x01020304L)),
                        new KeysetInfo("token/default", KeyPurpose.PRF, 0xfedcba98L, List.of(0xfedcba98L)));
    }

    @ParameterizedTest
    @MethodSource("ciphertexts")
    void opensACiphertext(KnownAnswers.Answer answer) {
        try (var padded = bundle.cipher("data/default").open(answer.bytes("ciphertext"), answer.associatedData());
                var opened = Encoding.parse(answer.text("encoding")).unpad(padded)) {
            assertThat(opened).isEqualTo(answer.utf8("value"));
        }
    }

    static Stream<KnownAnswers.Answer> ciphertexts() {
        return KnownAnswers.of("ciphertexts").stream();
    }

    @ParameterizedTest
    @MethodSource("tokens")
    @DisplayName("T40 search tokens are the published ones")
    void makesTheSearchToken(KnownAnswers.Answer answer) {
        var index = BlindIndex.of(
                answer.text("context"),
                answer.text("index"),
                Normalizer.parse(answer.text("normalizer")),
                answer.number("bits"));

        assertThat(SearchToken.of(bundle.prf("token/default"), index, answer.utf8("value"))
                        .bytes())
                .isEqualTo(answer.bytes("token"));
    }

    static Stream<KnownAnswers.Answer> tokens() {
        return KnownAnswers.of("tokens").stream();
    }

    @ParameterizedTest
    @MethodSource("canaries")
    void acceptsTheCanary(KnownAnswers.Answer answer) {
        assertThat(bundle.acceptsCanary(answer.text("keyset"), answer.bytes("canary")))
                .isTrue();
    }

    static Stream<KnownAnswers.Answer> canaries() {
        return KnownAnswers.of("canaries").stream();
    }
}
