package dev.sealway.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sealway.crypto.KnownAnswers;
import dev.sealway.crypto.Plaintext;
import dev.sealway.error.SealwayException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormalizerTest {

    @ParameterizedTest
    @MethodSource("published")
    @DisplayName("T40 normal forms are the published ones")
    void makesTheNormalForm(KnownAnswers.Answer answer) {
        var normalizer = Normalizer.parse(answer.text("normalizer"));

        assertThat(text(normalizer.normalize(answer.utf8("value")))).isEqualTo(answer.text("normalized"));
    }

    static Stream<KnownAnswers.Answer> published() {
        return KnownAnswers.of("tokens").stream();
    }

    @ParameterizedTest
    @EnumSource
    void isFoundByItsIdAndByItsBareName(Normalizer normalizer) {
        String bareName = normalizer.id().substring(0, normalizer.id().indexOf('/'));

        assertThat(Normalizer.parse(normalizer.id())).isEqualTo(normalizer);
        assertThat(Normalizer.parse(bareName)).isEqualTo(normalizer);
        assertThat(normalizer.indexName()).isEqualTo(normalizer.isPartial() ? bareName : "eq");
    }

    @ParameterizedTest
    @ValueSource(strings = {"email/2", "EMAIL", "", "email/", "lower"})
    void refusesAnUnknownNormaliser(String name) {
        assertThatExceptionOfType(SealwayException.class)
                .isThrownBy(() -> Normalizer.parse(name))
                .withMessageStartingWith("unknown normaliser %s; choose one of exact/1, trim/1", name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0301234567",
                "+1234567",
                "+1234567890123456",
                "+49 30 x123456",
                "49+30123456",
                "++4930123456",
                "+49\u00a030123456",
                "+\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668",
                "+49/30/123456",
                "(",
                "+"
            })
    @DisplayName("T47 what is not a phone number in E.164 is reported")
    void reportsWhatIsNoPhoneNumber(String value) {
        var refused = catchThrowableOfType(
                UnnormalizableValueException.class, () -> Normalizer.E164_1.normalize(plaintext(value)));

        assertThat(refused.normalizer()).isEqualTo(Normalizer.E164_1);
        assertThat(refused)
                .hasMessage("normaliser e164/1 cannot take a value: %s; correct the value or choose another normaliser"
                        .formatted(refused.law()))
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CANARY", "CANARY@", "CANARY@ "})
    void reportsWhatHasNoDomain(String value) {
        assertThatExceptionOfType(UnnormalizableValueException.class)
                .isThrownBy(() -> Normalizer.DOMAIN_1.normalize(plaintext(value)))
                .withMessageNotContaining("CANARY");
    }

    @ParameterizedTest
    @EnumSource(names = {"EMAIL_1", "NFKC_LOWER_1", "PREFIX3_1"})
    void reportsBytesThatAreNoText(Normalizer normalizer) {
        assertThatExceptionOfType(UnnormalizableValueException.class)
                .isThrownBy(() -> normalizer.normalize(Plaintext.owning(new byte[] {'a', (byte) 0xff})))
                .withMessageContaining("the value is not UTF-8");
    }

    @ParameterizedTest
    @EnumSource
    void leavesTheValueAsItIsAndSharesNoBytes(Normalizer normalizer) {
        String phoneAndAddress = normalizer == Normalizer.E164_1 ? "+49 30 123456" : " \u0130@X ";
        try (var value = plaintext(phoneAndAddress)) {
            var normalized = normalizer.normalize(value);
            normalized.close();
            assertThat(text(value)).isEqualTo(phoneAndAddress);
        }
    }

    @Test
    @DisplayName("T84 the scratch is zeroed when it is closed, and when text replaces it")
    void zeroesItsScratch() {
        var scratch = new Scratch(plaintext("\u00c4B"));
        byte[] before = scratch.revealBytes();
        scratch.text(Normalizer.NFKC_LOWER_1, text -> text + "!");
        byte[] after = scratch.revealBytes();
        assertThat(before).containsOnly(0);
        assertThat(after).isEqualTo("\u00c4B!".getBytes(UTF_8));

        scratch.close();

        assertThat(after).containsOnly(0);
    }

    private static Plaintext plaintext(String text) {
        return Plaintext.owning(text.getBytes(UTF_8));
    }

    private static String text(Plaintext value) {
        return new String(value.revealBytes(), UTF_8);
    }
}
