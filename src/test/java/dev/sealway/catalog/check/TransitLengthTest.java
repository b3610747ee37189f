package dev.sealway.catalog.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransitLengthTest {

    @ParameterizedTest
    @CsvSource({"0, 49", "15, 69", "30, 89", "155, 253", "156, 257"})
    void countsTheCharactersOfACiphertext(int bytes, int characters) {
        assertThat(TransitLength.of(bytes)).isEqualTo(characters);
        assertThat(TransitLength.withRoom(bytes)).isEqualTo(characters + 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {52, 53, 72, 100, 255, 256, 4000})
    void knowsTheLongestValueThatFits(int characters) {
        int fitting = TransitLength.fitting(characters);
        assertThat(TransitLength.withRoom(fitting)).isLessThanOrEqualTo(characters);
        assertThat(TransitLength.withRoom(fitting + 1)).isGreaterThan(characters);
    }

    @Test
    void knowsWhereNothingFits() {
        assertThat(TransitLength.fitting(51)).isEqualTo(-1);
        assertThat(TransitLength.fitting(5)).isEqualTo(-1);
    }
}
