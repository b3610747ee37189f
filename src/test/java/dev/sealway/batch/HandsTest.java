package dev.sealway.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HandsTest {

    private final AtomicInteger wanted = new AtomicInteger(1);
    private final Hands hands = new Hands(
            new Pace() {
                @Override
                public int workers(int planned) {
                    return Math.min(planned, wanted.get());
                }
            },
            3);

    @Test
    void letsOneWriteAtATimeAndAllOnceThatIsWanted() throws Exception {
        AtomicInteger writing = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        run(3, () -> {
            for (int batch = 0; batch < 200; batch++) {
                hands.take();
                most.accumulateAndGet(writing.incrementAndGet(), Math::max);
                Thread.onSpinWait();
                writing.decrementAndGet();
                hands.giveBack();
            }
        });
        assertThat(most).hasValue(1);

        CountDownLatch all = new CountDownLatch(3);
        hands.take();
        Thread raises = new Thread(() -> wanted.set(3));
        raises.start();
        raises.join();
        run(2, () -> {
            hands.take();
            all.countDown();
        });
        all.countDown();
        assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
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

    private static void run(int threads, Runnable work) throws InterruptedException {
        List<Thread> running = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            Thread thread = new Thread(work);
            thread.start();
            running.add(thread);
        }
        for (Thread thread : running) {
            thread.join();
        }
    }
}
