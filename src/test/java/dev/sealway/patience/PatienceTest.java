package dev.sealway.patience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private final Patience patience = new Patience(3, Duration.ofMillis(1), Duration.ofMillis(2), () -> 0);
    private final AtomicInteger tries = new AtomicInteger();

    @Test
    void triesAgainWhatMayPass() {
        assertThat(patience.<Integer>retry(() -> {
                    if (tries.incrementAndGet() < 3) {
                        throw new Away(true);
                    }
                    return 7;
                }))
                .isEqualTo(7);
    }

    @Test
    void throwsTheLastFailureWhenItsAttemptsAreUsedUp() {
        assertThatThrownBy(() -> fail(new Away(true))).isInstanceOf(Away.class);
        assertThat(tries).hasValue(3);
    }

    @Test
    void throwsAtOnceWhatDoesNotPass() {
        assertThatThrownBy(() -> fail(new Away(false))).isInstanceOf(Away.class);
        assertThatThrownBy(() -> fail(SealwayException.refused("no"))).hasMessage("no");
        assertThat(tries).hasValue(2);
    }

    private void fail(SealwayException failure) {
        patience.retry(() -> {
            tries.incrementAndGet();
            throw failure;
        });
    }

    private static final class Away extends SealwayException implements MayPass {

        private static final long serialVersionUID = 1L;

        private final boolean passing;

        Away(boolean passing) {
            super(Outcome.FAILED, "away");
            this.passing = passing;
        }

        @Override
        public boolean isTransient() {
            return passing;
        }
    }
}
