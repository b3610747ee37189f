package dev.sealway.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class UnderWayTest {

    private final UnderWay<String> work = new UnderWay<>("reading ahead");

    @Test
    void findsWhatCameAfterItsTakerWasInterrupted() {
        boolean[] interrupted = new boolean[1];
        CompletableFuture<String> outcome = new CompletableFuture<>() {
            @Override
            public String get() throws InterruptedException, ExecutionException {
                if (!interrupted[0]) {
                    interrupted[0] = true;
                    throw new InterruptedException();
                }
                return super.get();
            }
        };
        work.add(outcome);
        assertThatThrownBy(work::next)
                .isInstanceOf(SealwayException.class)
                .hasMessage("reading ahead was interrupted; what is committed stays, run it again to continue");
        assertThat(Thread.interrupted()).isTrue();

        outcome.complete("a value in clear");
        List<String> found = new ArrayList<>();
        work.drain(found::add);
        assertThat(found).containsExactly("a value in clear");
    }

    @Test
    void tellsOfAnUnexpectedFailureByItsTypeAlone() {
        work.add(CompletableFuture.failedFuture(new IllegalStateException("a value in clear")));
        assertThatThrownBy(work::next)
                .hasMessage("reading ahead failed: IllegalStateException")
                .hasNoCause();
    }
}
