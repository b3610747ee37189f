package dev.sealway.crypto.tink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sealway.crypto.AssociatedData;
import dev.sealway.crypto.Encoding;
import dev.sealway.crypto.FieldCipher;
import dev.sealway.crypto.OpenFailedException;
import dev.sealway.crypto.OpenFailedException.Reason;
import dev.sealway.crypto.Plaintext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldCipherTest {

    private static final Encoding TEXT = Encoding.parse("pgtext/1");
    private static final AssociatedData PLACE = AssociatedData.ofRow("public.users.email", TEXT, List.of("a.b", "c"));

    private final String bundle = Bundles.fresh(Algorithm.AES256_GCM);
    private final FieldCipher cipher = Bundles.open(bundle).cipher("data/default");

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void opensWhatItSealed(Algorithm algorithm) {
        var any = Bundles.open(Bundles.fresh(algorithm)).cipher("data/default");

        byte[] one = any.seal(plaintext("CANARY"), PLACE);
        byte[] two = any.seal(plaintext("CANARY"), PLACE);

        assertThat(one).isNotEqualTo(two);
        assertThat(any.open(one, PLACE)).isEqualTo(plaintext("CANARY"));
        assertThat(any.open(two, PLACE)).isEqualTo(plaintext("CANARY"));
    }

    @ParameterizedTest
    @CsvSource({"AES256_GCM, 33", "XAES_256_GCM_192_BIT_NONCE, 45"})
    void addsAFixedNumberOfBytes(Algorithm algorithm, int overhead) {
        var any = Bundles.open(Bundles.fresh(algorithm)).cipher("data/default");

        for (int length : new int[] {0, 1, 31, 32, 1 << 20}) {
            assertThat(any.seal(Plaintext.owning(new byte[length]), PLACE)).hasSize(length + overhead);
        }
    }

    @Test
    void beginsWithOneAndTheKeyId() {
        long keyId = Bundles.open(bundle).keysets().get(0).primaryKeyId();

        byte[] ciphertext = cipher.seal(plaintext(""), PLACE);

        assertThat(Arrays.copyOf(ciphertext, 5))
                .containsExactly(1, (int) (keyId >> 24), (int) (keyId >> 16), (int) (keyId >> 8), (int) keyId);
    }

    @Test
    @DisplayName("T22 ciphertexts of padded booleans have one length")
    void hidesTheLengthOfPaddedValues() {
        var encoding = Encoding.parse("pgtext/1;pad=32");

        assertThat(cipher.seal(encoding.pad(plaintext("true")), PLACE))
                .hasSameSizeAs(cipher.seal(encoding.pad(plaintext("false")), PLACE));
    }

    @Test
    @DisplayName("T25 a ciphertext does not open in another column, encoding or row")
    void opensNowhereElse() {
        byte[] ciphertext = cipher.seal(plaintext("CANARY"), PLACE);

        for (AssociatedData elsewhere : List.of(
                AssociatedData.ofColumn("public.users.email", TEXT),
                AssociatedData.ofRow("public.users.phone", TEXT, List.of("a.b", "c")),
                AssociatedData.ofRow("public.users.email", Encoding.parse("raw/1"), List.of("a.b", "c")),
                AssociatedData.ofRow("public.users.email", Encoding.parse("pgtext/1;pad=32"), List.of("a.b", "c")),
                AssociatedData.ofRow("public.users.email", TEXT, List.of("a", "b.c")),
                AssociatedData.ofRow("public.users.email", TEXT, List.of("c", "a.b")),
                AssociatedData.ofRow("public.users.email", TEXT, List.of()))) {
            assertThat(refusal(ciphertext, elsewhere).reason()).isEqualTo(Reason.AUTHENTICATION_FAILED);
        }
    }

    @Test
    void noticesEveryAlteredByte() {
        byte[] ciphertext = cipher.seal(plaintext("CANARY"), PLACE);

        for (int i = 0; i < ciphertext.length; i++) {
            byte[] altered = ciphertext.clone();
            altered[i] ^= 1;
            var expected = i == 0 ? Reason.NOT_A_CIPHERTEXT : i < 5 ? Reason.UNKNOWN_KEY : Reason.AUTHENTICATION_FAILED;
            assertThat(refusal(altered, PLACE).reason()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "CANARY", "\u0001", "CANARY in clear, longer than the shortest ciphertext", "\u0001CANARY"})
    void tellsWhatIsNotACiphertext(String text) {
        var refused = refusal(text.getBytes(StandardCharsets.UTF_8), PLACE);

        assertThat(refused.reason()).isEqualTo(Reason.NOT_A_CIPHERTEXT);
        assertThat(refused).hasMessageNotContaining("CANARY").hasNoCause();
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void namesTheKeyThatIsMissing(Algorithm algorithm) {
        var other = Bundles.open(Bundles.fresh(algorithm));
        byte[] ciphertext = other.cipher("data/default").seal(plaintext("CANARY"), PLACE);

        var refused = refusal(ciphertext, PLACE);

        assertThat(refused.reason()).isEqualTo(Reason.UNKNOWN_KEY);
        assertThat(refused)
                .hasMessageContaining(String.valueOf(other.keysets().get(0).primaryKeyId()))
                .hasNoCause();
    }

    @Test
    void opensWithEveryEnabledKeyOfTheKeyset() {
        String newer = Bundles.fresh(Algorithm.XAES_256_GCM_192_BIT_NONCE);
        var both =
                Bundles.open(Bundles.withKeysOf(newer, bundle, "data/default")).cipher("data/default");

        assertThat(both.open(cipher.seal(plaintext("x"), PLACE), PLACE)).isEqualTo(plaintext("x"));
        assertThat(Bundles.open(newer).cipher("data/default").open(both.seal(plaintext("x"), PLACE), PLACE))
                .isEqualTo(plaintext("x"));
    }

    @Test
    void isSharedByThreads() throws Exception {
        Callable<Integer> work = () -> (int) IntStream.range(0, 2_000)
                .filter(i -> cipher.open(cipher.seal(plaintext("value " + i), PLACE), PLACE)
                        .equals(plaintext("value " + i)))
                .count();
        var threads = Executors.newFixedThreadPool(4);
        try {
            for (var done : threads.invokeAll(List.of(work, work, work, work))) {
                assertThat(done.get()).isEqualTo(2_000);
            }
        } finally {
            threads.shutdown();
        }
    }

    private OpenFailedException refusal(byte[] ciphertext, AssociatedData place) {
        return catchThrowableOfType(OpenFailedException.class, () -> cipher.open(ciphertext, place));
    }

    private static Plaintext plaintext(String text) {
        return Plaintext.owning(text.getBytes(StandardCharsets.UTF_8));
    }
}
