package dev.sealway.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sealway.search.LeakageGate.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LeakageGateTest {

    @Test
    void passesManyDifferentValues() {
        assertThat(judge(100_000, 90_000, 12)).isEqualTo(new Verdict.Clear());
        assertThat(judge(20_000, 1_000, 1_000)).isEqualTo(new Verdict.Clear());
    }

    @Test
    @DisplayName("T42 few different values are refused")
    void refusesFewDifferentValues() {
        assertThat(judge(100_000, 999, 200))
                .isEqualTo(new Verdict.Refused(
                        List.of("only 999 different values in 100000 rows, at least 1000 are wanted")));
    }

    @Test
    @DisplayName("T42 one frequent value is refused")
    void refusesAFrequentValue() {
        assertThat(judge(100_000, 90_000, 5_001))
                .isEqualTo(new Verdict.Refused(
                        List.of("the most frequent value stands in 5.0 % of 100000 rows, at most 5 % are wanted")));
    }

    @Test
    @DisplayName("T42 a boolean is refused, however few rows there are")
    void refusesWhatCanBeListed() {
        var verdict = LeakageGate.judge(new ValueDistribution(2, 2, 1), Normalizer.EXACT_1, true, Optional.empty());

        assertThat(verdict).isEqualTo(new Verdict.Refused(List.of("all values of the column's type can be listed")));
        assertThat(LeakageGate.judge(
                        new ValueDistribution(90_000, 10_000, 12), Normalizer.LAST4_1, false, Optional.empty()))
                .isEqualTo(new Verdict.Refused(List.of("there are only 10000 values of last4/1")));
    }

    @Test
    void saysNothingOfAFewRowsThatAllDiffer() {
        assertThat(judge(0, 0, 0)).isEqualTo(new Verdict.Clear());
        assertThat(judge(3, 3, 1)).isEqualTo(new Verdict.Clear());
        assertThat(judge(4, 3, 2)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    @DisplayName("T42 a reviewer may accept it, with words")
    void lowersItsBarForAReviewersReason() {
        var few = new ValueDistribution(100, 2, 60);

        assertThat(LeakageGate.judge(few, Normalizer.EXACT_1, false, Optional.of("reports group by it")))
                .isEqualTo(new Verdict.Accepted(
                        List.of(
                                "only 2 different values in 100 rows, at least 1000 are wanted",
                                "the most frequent value stands in 60.0 % of 100 rows, at most 5 % are wanted"),
                        "reports group by it"));
        assertThat(LeakageGate.judge(few, Normalizer.EXACT_1, false, Optional.of(" ")))
                .isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void refusesCountsThatCannotBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ValueDistribution(1, 2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ValueDistribution(1, 1, 2));
    }

    private static Verdict judge(long rows, long distinct, long top) {
        return LeakageGate.judge(
                new ValueDistribution(rows, distinct, top), Normalizer.EMAIL_1, false, Optional.empty());
    }
}
