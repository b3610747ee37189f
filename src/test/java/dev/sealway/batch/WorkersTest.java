package dev.sealway.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealway.error.SealwayException;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTest {

    private static final List<Integer> PIECES = IntStream.range(0, 20).boxed().toList();

    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    private final AtomicInteger open = new AtomicInteger();

    private AutoCloseable equipment() {
        open.incrementAndGet();
        threads.add(Thread.currentThread());
        return open::decrementAndGet;
    }

    private Optional<AutoCloseable> another() {
        return Optional.of(equipment());
    }

    /** A thread that has nothing more to do may take a moment to be gone. */
    private void assertAllEnded() {
        assertThat(open).hasValue(0);
    }

    /** Who comes when nothing is left needs no equipment. */
    private void awaitThreads(int count) {
        while (threads.size() < count) {
            Thread.onSpinWait();
        }
    }

    private static void awaitForever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SealwayException.failed("a wait was interrupted");
        }
    }

    @Test
    void addsUpWhatAllOfThemWrote() {
        Queue<Integer> done = new ConcurrentLinkedQueue<>();
        long written = new Workers<>(PIECES, this::equipment, this::another, (piece, equipment, stopped) -> {
                    done.add(piece);
                    awaitThreads(3);
                    return piece;
                })
                .run(3);
        assertThat(written).isEqualTo(190);
        assertThat(done).containsExactlyInAnyOrderElementsOf(PIECES);
        assertThat(threads).hasSize(3);
        assertAllEnded();
    }

    @Test
    void takesTheCallersThreadForOne() {
        assertThat(new Workers<>(PIECES, this::equipment, this::another, (piece, equipment, stopped) -> 1).run(1))
                .isEqualTo(20);
        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void throwsTheFirstFailureAndWakesWhoeverWaits() {
        CountDownLatch waiting = new CountDownLatch(2);
        assertThatThrownBy(() -> new Workers<>(PIECES, this::equipment, this::another, (piece, equipment, stopped) -> {
                            if (piece == 0) {
                                await(waiting);
                                throw new IllegalStateException("broken");
                            }
                            waiting.countDown();
                            awaitForever();
                            return 0;
                        })
                        .run(3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken");
        assertAllEnded();
    }

    @Test
    void endsThemAllWhenTheCallerIsInterrupted() {
        Thread caller = Thread.currentThread();
        assertThatThrownBy(() -> new Workers<>(PIECES, this::equipment, this::another, (piece, equipment, stopped) -> {
                            caller.interrupt();
                            awaitForever();
                            return 0;
                        })
                        .run(3))
                .isInstanceOf(SealwayException.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
        assertAllEnded();
    }

    @Test
    void keepsTheCallersInterruptWhereAPieceFailedBefore() {
        Thread caller = Thread.currentThread();
        CountDownLatch other = new CountDownLatch(1);
        assertThatThrownBy(() -> new Workers<>(PIECES, this::equipment, this::another, (piece, equipment, stopped) -> {
                            if (piece == 0) {
                                await(other);
                                throw new IllegalStateException("broken");
                            }
                            other.countDown();
                            while (!stopped.getAsBoolean()) {
                                Thread.onSpinWait();
                            }
                            caller.interrupt();
                            while (caller.isInterrupted()) {
                                Thread.onSpinWait();
                            }
                            return 0;
                        })
                        .run(2))
                .hasMessage("broken");
        assertThat(Thread.interrupted()).isTrue();
        assertAllEnded();
    }

    @Test
    void leavesTheWorkToThoseWhoWereEquippedAndAsksOnce() {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch refused = new CountDownLatch(1);
        long written = new Workers<>(
                        PIECES,
                        this::equipment,
                        () -> {
                            asked.incrementAndGet();
                            refused.countDown();
                            return Optional.empty();
                        },
                        (piece, equipment, stopped) -> {
                            await(refused);
                            return 1;
                        })
                .run(4);
        assertThat(written).isEqualTo(20);
        assertThat(threads).hasSize(1);
        assertThat(asked).hasValue(1);
        assertAllEnded();
    }

    @Test
    void failsAsTheFirstFailsAndEquipsNobodyElse() {
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(() -> new Workers<Integer, AutoCloseable>(
                                PIECES,
                                () -> {
                                    asked.incrementAndGet();
                                    throw SealwayException.failed("no connection is left");
                                },
                                this::another,
                                (piece, equipment, stopped) -> 1)
                        .run(3))
                .isInstanceOf(SealwayException.class)
                .hasMessage("no connection is left");
        assertThat(asked).hasValue(1);
        assertThat(threads).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
