package dev.sealway.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sealway.search.TokenLength.Existing;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenLengthTest {

    @ParameterizedTest
    @CsvSource({"50000, 8, 15", "1000000, 10, 19", "100000000, 14, 26", "65536, 8, 15", "1, 1, 1", "4, 1, 1"})
    @DisplayName("T43 the planner's numbers")
    void plansForTheNumberOfRows(long rows, int min, int max) {
        assertThat(TokenLength.forRows(rows)).isEqualTo(new TokenLength(min, max));
    }

    @Test
    @DisplayName("T43 other indexes on the same value count too")
    void countsTheOtherIndexes() {
        assertThat(TokenLength.forRows(50_000, Existing.UNBOUNDED, List.of(new Existing(4, 16))))
                .isEqualTo(new TokenLength(4, 11));
        assertThat(TokenLength.forRows(50_000, Existing.UNBOUNDED, List.of(new Existing(16, 4))))
                .isEqualTo(new TokenLength(4, 11));
        assertThat(TokenLength.forRows(50_000, Existing.UNBOUNDED, List.of(new Existing(256, Existing.UNBOUNDED))))
                .isEqualTo(new TokenLength(1, 1));
    }

    @Test
    void keepsNoMoreBitsThanTheValueHas() {
        assertThat(TokenLength.forRows(1_000_000, 12, List.of())).isEqualTo(new TokenLength(10, 12));
        assertThat(TokenLength.forRows(1_000_000, 5, List.of())).isEqualTo(new TokenLength(1, 5));
    }

    @Test
    void alwaysFindsALength() {
        for (long rows = 1; rows > 0; rows *= 3) {
            var length = TokenLength.forRows(rows);
            assertThat(length.min()).isLessThanOrEqualTo(length.max());
            assertThat(length.recommended()).isEqualTo(length.max());
        }
    }

    @Test
    void refusesToPlanForNoRows() {
        assertThatIllegalArgumentException().isThrownBy(() -> TokenLength.forRows(0));
    }
}
