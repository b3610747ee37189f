package dev.sealway.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sealway.crypto.Plaintext;
import dev.sealway.crypto.Prf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SearchTokenTest {

    private static final Locale DEFAULT = Locale.getDefault();

    private final List<byte[]> inputs = new ArrayList<>();

    /** Not a hash: ones only, so that truncation can be seen. */
    private final Prf ones = (input, length) -> {
        inputs.add(input);
        byte[] all = new byte[length];
        Arrays.fill(all, (byte) 0xff);
        return all;
    };

    /** A checksum of the input is hash enough to tell inputs apart. */
    private final Prf checksum = (input, length) ->
            Arrays.copyOf(String.valueOf(Arrays.hashCode(input)).getBytes(UTF_8), length);

    @AfterEach
    void restoreTheLocale() {
        Locale.setDefault(DEFAULT);
    }

    @Test
    void keepsTheLeadingBits() {
        assertThat(token(1).bytes()).containsExactly(0x80);
        assertThat(token(7).bytes()).containsExactly(0xfe);
        assertThat(token(8).bytes()).containsExactly(0xff);
        assertThat(token(9).bytes()).containsExactly(0xff, 0x80);
        assertThat(token(128).bytes()).hasSize(16).containsOnly(0xff);
        assertThat(token(256).bytes()).hasSize(32).containsOnly(0xff);
    }

    @Test
    void refusesALengthThatCannotBeHad() {
        assertThatIllegalArgumentException().isThrownBy(() -> token(0));
        assertThatIllegalArgumentException().isThrownBy(() -> token(257));
    }

    @Test
    @DisplayName("T41 the locale does not matter")
    void doesNotDependOnTheLocale() {
        for (Normalizer normalizer : Normalizer.values()) {
            var index = BlindIndex.of("c", normalizer.indexName(), normalizer, 128);
            String value = normalizer == Normalizer.E164_1 ? "+12345678" : "TITLE.I\u0130\u0131@I.example 1";
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            var turkish = SearchToken.of(checksum, index, plaintext(value));
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            var arabic = SearchToken.of(checksum, index, plaintext(value));
            Locale.setDefault(Locale.ROOT);
            assertThat(SearchToken.of(checksum, index, plaintext(value)))
                    .isEqualTo(turkish)
                    .isEqualTo(arabic)
                    .hasSameHashCodeAs(turkish);
        }
    }

    @Test
    @DisplayName("T84 what went into the hash is zeroed, the value is not touched")
    void zeroesItsInput() {
        var value = plaintext("CANARY");

        SearchToken.of(ones, index(128), value);

        assertThat(inputs).singleElement().satisfies(input -> assertThat(input).containsOnly(0));
        assertThat(value).isEqualTo(plaintext("CANARY"));
    }

    @Test
    @DisplayName("T47 a value without a normal form has no token")
    void refusesWhatItsNormaliserRefuses() {
        var phone = BlindIndex.of("c", "eq", Normalizer.E164_1, 128);

        assertThatExceptionOfType(UnnormalizableValueException.class)
                .isThrownBy(() -> SearchToken.of(ones, phone, plaintext("CANARY")))
                .withMessageNotContaining("CANARY");
        assertThat(inputs).isEmpty();
    }

    private SearchToken token(int bits) {
        return SearchToken.of(ones, index(bits), plaintext("x"));
    }

    private static BlindIndex index(int bits) {
        return BlindIndex.of("public.users.email", "eq", Normalizer.EXACT_1, bits);
    }

    private static Plaintext plaintext(String text) {
        return Plaintext.owning(text.getBytes(UTF_8));
    }
}
