package dev.sealway.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HandsTest {

    private final AtomicInteger wanted = new AtomicInteger(1);
    private final AtomicInteger looks = new AtomicInteger();
    private final Hands hands = new Hands(
            new Pace() {
                @Override
                public int workers(int planned) {
                    looks.incrementAndGet();
                    return Math.min(planned, wanted.get());
                }
            },
            3);

    @Test
    void letsOneWriteAtATimeWhereOneIsWanted() throws Exception {
        AtomicInteger writing = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Thread> workers = start(3, () -> {
            for (int batch = 0; batch < 200; batch++) {
                hands.take();
                most.accumulateAndGet(writing.incrementAndGet(), Math::max);
                Thread.onSpinWait();
                writing.decrementAndGet();
                hands.giveBack();
            }
        });
        for (Thread worker : workers) {
            worker.join();
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void letsThoseThatWaitGoAsSoonAsMoreAreWanted() throws Exception {
        hands.take();
        AtomicInteger gone = new AtomicInteger();
        List<Thread> waiting = start(2, () -> {
            hands.take();
            gone.incrementAndGet();
        });
        awaitLooks(2);
        assertThat(gone).hasValue(0);

        wanted.set(2);
        await(() -> gone.get() > 0);
        awaitLooks(2);
        assertThat(gone).as("the other one still waits").hasValue(1);

        wanted.set(3);
        for (Thread thread : waiting) {
            thread.join();
        }
        assertThat(gone).as("nobody gave back").hasValue(2);
    }

    @Test
    void makesWhoComesWaitOnceFewerAreWanted() throws Exception {
        wanted.set(2);
        hands.take();
        hands.take();
        wanted.set(1);
        AtomicInteger gone = new AtomicInteger();
        Thread waiting = start(1, () -> {
                    hands.take();
                    gone.incrementAndGet();
                })
                .get(0);
        hands.giveBack();
        awaitLooks(2);
        assertThat(gone).as("one still writes, and one is wanted").hasValue(0);
        hands.giveBack();
        waiting.join();
        assertThat(gone).hasValue(1);
    }

    @Test
    void doesNotKeepWhomNobodyWaitsFor() throws Exception {
        hands.take();
        AtomicInteger interrupted = new AtomicInteger();
        Thread waits = new Thread(() -> {
            hands.take();
            interrupted.set(Thread.currentThread().isInterrupted() ? 1 : 2);
        });
        waits.start();
        waits.interrupt();
        waits.join();
        assertThat(interrupted).hasValue(1);
    }

    private static List<Thread> start(int threads, Runnable work) {
        List<Thread> running = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            Thread thread = new Thread(work);
            thread.start();
            running.add(thread);
        }
        return running;
    }

    /** Until those that wait have asked so many times more; each asks about ten times in a second. */
    private void awaitLooks(int more) throws InterruptedException {
        int until = looks.get() + more;
        await(() -> looks.get() >= until);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(1);
        }
    }
}
