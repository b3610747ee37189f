package dev.sealway.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SlowdownTest {

    private static final Limits LIMITS = Limits.NONE
            .withLag(Duration.ofSeconds(10))
            .withWalPerSecond(5_000_000)
            .withDeadPercent(20)
            .withWaiting(1);

    @Test
    void pausesLongerTheLongerALimitIsPassedAndSaysWhy() {
        Slowdown first = Slowdown.NONE.next(lag(12), LIMITS);
        assertThat(first.reason()).isEqualTo("replication lag 12 s > 10 s");
        assertThat(first.pause()).isEqualTo(Duration.ofMillis(100));
        assertThat(first.next(lag(12), LIMITS).pause()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void neverPausesForMoreThanTenSeconds() {
        Slowdown slowdown = Slowdown.NONE;
        for (int i = 0; i < 50; i++) {
            slowdown = slowdown.next(lag(12), LIMITS);
        }
        assertThat(slowdown.pause()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void comesBackToFullSpeedInSteps() {
        Slowdown slow = new Slowdown(Duration.ofMillis(400), "replication lag 12 s > 10 s");
        Slowdown less = slow.next(lag(3), LIMITS);
        assertThat(less).isEqualTo(new Slowdown(Duration.ofMillis(200), ""));
        assertThat(less.next(lag(3), LIMITS).next(lag(3), LIMITS)).isEqualTo(Slowdown.NONE);
    }

    @Test
    void namesEveryLimitThatIsPassed() {
        Burden burden = new Burden(
                OptionalDouble.of(10), OptionalDouble.of(7_250_000), OptionalDouble.of(31.4), OptionalInt.of(2));
        assertThat(Slowdown.NONE.next(burden, LIMITS).reason())
                .isEqualTo("WAL 7.3 MB/s > 5.0 MB/s, dead rows 31 % > 20 %, sessions waiting for a lock 2 > 1");
    }

    @Test
    void doesNotSlowDownForWhatCouldNotBeMeasuredOrIsNotLimited() {
        assertThat(Slowdown.NONE.next(Burden.NONE, LIMITS)).isEqualTo(Slowdown.NONE);
        assertThat(Slowdown.NONE.next(lag(1_000), Limits.NONE)).isEqualTo(Slowdown.NONE);
    }

    private static Burden lag(double seconds) {
        return new Burden(
                OptionalDouble.of(seconds), OptionalDouble.empty(), OptionalDouble.empty(), OptionalInt.empty());
    }
}
