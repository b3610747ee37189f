package dev.sealway.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sealway.crypto.OpenFailedException.Reason;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodingTest {

    private static final Encoding PADDED = Encoding.parse("pgtext/1;pad=8");

    @ParameterizedTest
    @ValueSource(strings = {"pgtext/1", "raw/1", "pgtext/1;pad=32", "raw/1;pad=1"})
    void printsWhatItParsed(String id) {
        assertThat(Encoding.parse(id).id()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pgtext/2", "pgtext", "", "pgtext/1;pad=-1", "pgtext/1;pad=x", "pgtext/1;pad=9999999"})
    void refusesAnUnknownId(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> Encoding.parse(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "1234567", "12345678", "ends in zero\0", "\u0080"})
    void takesOffThePaddingThatItPutOn(String text) {
        try (var padded = PADDED.pad(plaintext(text))) {
            assertThat(padded.length() % 8).isZero();
            assertThat(padded.length()).isGreaterThan(text.getBytes(StandardCharsets.UTF_8).length);
            assertThat(PADDED.unpad(padded)).isEqualTo(plaintext(text));
        }
    }

    @Test
    @DisplayName("T22 values of a low-entropy type have one length")
    void givesShortValuesOneLength() {
        var encoding = Encoding.parse("pgtext/1;pad=32");

        assertThat(encoding.pad(plaintext("true")).length()).isEqualTo(32);
        assertThat(encoding.pad(plaintext("false")).length()).isEqualTo(32);
        assertThat(encoding.pad(plaintext("")).length()).isEqualTo(32);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\0\0\0\0\0\0\0\0", "12345678", "1234567"})
    void refusesWhatIsNotPadded(String text) {
        var refused = catchThrowableOfType(OpenFailedException.class, () -> PADDED.unpad(plaintext(text)));

        assertThat(refused.reason()).isEqualTo(Reason.BAD_PADDING);
    }

    @Test
    @DisplayName("T84 the value before padding, and the padded one after, are zeroed")
    void zeroesWhatItReplaces() {
        byte[] value = {1, 2, 3};

        var padded = PADDED.pad(Plaintext.owning(value));
        byte[] between = padded.revealBytes();
        var unpadded = PADDED.unpad(padded);

        assertThat(value).containsOnly(0);
        assertThat(between).containsOnly(0);
        assertThat(unpadded.revealBytes()).containsExactly(1, 2, 3);
    }

    private static Plaintext plaintext(String text) {
        return Plaintext.owning(text.getBytes(StandardCharsets.UTF_8));
    }
}
