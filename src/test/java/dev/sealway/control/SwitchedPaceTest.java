package dev.sealway.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.batch.Pace;
import dev.sealway.ledger.RunWish;
import dev.sealway.ledger.RunWish.Wish;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** How many workers write, and how large a batch is, by what people want of the run that is under way. */
class SwitchedPaceTest {

    private static final OptionalInt NOTHING = OptionalInt.empty();

    private final RunPace run = new RunPace(17, () -> false);
    private final SwitchedPace pace = new SwitchedPace(Pace.NONE);

    private void want(OptionalInt batchSize, OptionalInt rowsPerSecond, OptionalInt workers) {
        run.want(new RunWish(Wish.GO, batchSize, rowsPerSecond, workers, "somebody", Instant.EPOCH));
    }

    @Test
    void letsAsManyWorkersWriteAsAreWantedAndThereAre() {
        pace.follow(run);
        assertThat(pace.workers(3)).as("nothing is wanted").isEqualTo(3);
        want(NOTHING, NOTHING, OptionalInt.of(1));
        assertThat(pace.workers(3)).isEqualTo(1);
        want(NOTHING, NOTHING, OptionalInt.of(8));
        assertThat(pace.workers(3)).as("there are no more").isEqualTo(3);
        want(OptionalInt.of(50), OptionalInt.of(20), NOTHING);
        assertThat(pace.workers(3)).as("another wish").isEqualTo(3);
    }

    @Test
    void makesBatchesNoLargerThanWhatMayBeDoneInASecond() {
        pace.follow(run);
        assertThat(pace.batchSize(100)).isEqualTo(100);
        want(OptionalInt.of(50), NOTHING, OptionalInt.of(1));
        assertThat(pace.batchSize(100)).isEqualTo(50);
        want(OptionalInt.of(50), OptionalInt.of(20), NOTHING);
        assertThat(pace.batchSize(100)).isEqualTo(20);
    }

    @Test
    void forgetsTheRunThatIsOver() {
        want(OptionalInt.of(50), NOTHING, OptionalInt.of(1));
        pace.follow(run);
        SwitchedPace another = pace.apart();
        assertThat(another.workers(3)).as("it follows another run").isEqualTo(3);
        pace.letGo();
        assertThat(pace.workers(3)).isEqualTo(3);
        assertThat(pace.batchSize(100)).isEqualTo(100);
    }
}
