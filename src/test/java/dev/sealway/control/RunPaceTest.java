package dev.sealway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.ledger.RunWish;
import dev.sealway.ledger.RunWish.Wish;
import dev.sealway.throttle.Slowdown;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Each turn asks once whether the process wants to end, and once more for every wait of a tenth of a second. */
class RunPaceTest {

    private final AtomicInteger asked = new AtomicInteger();

    private RunPace cancelledWhenAskedFor(int time, OptionalInt rowsPerSecond) {
        RunPace pace = new RunPace(1, () -> asked.incrementAndGet() >= time);
        pace.want(wish(rowsPerSecond));
        return pace;
    }

    private static RunWish wish(OptionalInt rowsPerSecond) {
        return new RunWish(Wish.GO, OptionalInt.empty(), rowsPerSecond, OptionalInt.empty(), "somebody", Instant.EPOCH);
    }

    @Test
    void takesTheTimeOfABatchBeforeItIsWritten() {
        RunPace pace = cancelledWhenAskedFor(3, OptionalInt.of(100));
        pace.awaitTurn();
        assertThatThrownBy(pace::awaitTurn)
                .as("another that writes beside it waits")
                .isInstanceOf(RunCancelledException.class);
        assertThat(asked).hasValue(3);
    }

    @Test
    void takesNoMoreTimeThanTheBatchHadRowsFor() {
        RunPace pace = cancelledWhenAskedFor(4, OptionalInt.of(100));
        for (int turn = 1; turn <= 3; turn++) {
            pace.awaitTurn();
            pace.committed(0);
        }
        assertThat(asked).hasValue(3);
    }

    @Test
    void makesUpForABatchThatWasLargerThanExpected() {
        RunPace pace = cancelledWhenAskedFor(3, OptionalInt.of(1));
        pace.awaitTurn();
        pace.committed(1_000_000);
        assertThatThrownBy(pace::awaitTurn).isInstanceOf(RunCancelledException.class);
        assertThat(asked).hasValue(3);
    }

    @Test
    void forgetsWhatWasOwedToAFormerRate() {
        RunPace pace = cancelledWhenAskedFor(3, OptionalInt.of(1));
        pace.awaitTurn();
        pace.committed(1_000_000);
        pace.want(wish(OptionalInt.empty()));
        pace.awaitTurn();
        assertThat(asked).hasValue(2);
    }

    @Test
    void forgetsWhatWasBegunAtAnotherRate() {
        RunPace pace = cancelledWhenAskedFor(3, OptionalInt.empty());
        pace.awaitTurn();
        pace.want(wish(OptionalInt.of(1)));
        pace.committed(1_000_000);
        pace.awaitTurn();
        assertThat(asked).hasValue(2);
    }

    @Test
    void takesTheTimeOfTheLastBatchThatHadRows() {
        RunPace pace = cancelledWhenAskedFor(4, OptionalInt.of(100));
        pace.awaitTurn();
        pace.committed(0);
        pace.awaitTurn();
        assertThatThrownBy(pace::awaitTurn).isInstanceOf(RunCancelledException.class);
        assertThat(asked).hasValue(4);
    }

    @Test
    void pausesNoLongerThanItIsSlowedDown() {
        RunPace[] pace = new RunPace[1];
        pace[0] = new RunPace(1, () -> {
            if (asked.incrementAndGet() == 2) {
                pace[0].slowDown(Slowdown.NONE);
            }
            return asked.get() > 3;
        });
        pace[0].slowDown(new Slowdown(Duration.ofSeconds(10), "replication lag"));
        pace[0].awaitTurn();
        assertThat(asked).hasValue(2);
    }

    @Test
    void waitsForNothingWithoutARate() {
        RunPace pace = cancelledWhenAskedFor(4, OptionalInt.empty());
        pace.awaitTurn();
        pace.awaitTurn();
        pace.committed(1_000_000);
        pace.awaitTurn();
        assertThat(asked).hasValue(3);
    }
}
