package dev.sealway.batch;

import dev.sealway.error.SealwayException;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Several threads that take one piece of work after the other until none is left, or one of them failed. A worker for
 * whom nothing is left to work with leaves its pieces to the others; the first cannot. Not thread-safe; for one run.
 *
 * @param <P> a piece of work
 * @param <E> what a worker needs to work, closed when it ends
 */
public final class Workers<P, E extends AutoCloseable> {

    /** What a worker does with one piece. */
    @FunctionalInterface
    public interface Work<P, E> {

        /**
         * @param stopped whether another piece failed, or nobody waits any more
         * @return how many rows it wrote
         */
        long run(P piece, E equipment, BooleanSupplier stopped);
    }

    private final Queue<P> left;
    private final Supplier<E> first;
    private final Supplier<Optional<E>> another;
    private final Work<P, E> work;
    private final AtomicLong written = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean stopped;
    private boolean begun;
    private boolean complete;

    /**
     * @param first equips the worker without which there is none
     * @param another equips one more; empty where the others have to do without it
     */
    public Workers(List<P> pieces, Supplier<E> first, Supplier<Optional<E>> another, Work<P, E> work) {
        this.left = new ConcurrentLinkedQueue<>(pieces);
        this.first = first;
        this.another = another;
        this.work = work;
    }

    /**
     * Returns, or throws, only when every thread has ended. A single worker is the caller's own thread.
     *
     * @return how many rows all pieces wrote
     * @throws RuntimeException the first that a piece threw; the others then end after the batch that they are at
     */
    public long run(int workers) {
        int threads = Math.min(workers, left.size());
        boolean interrupted = false;
        if (threads <= 1) {
            takeAll();
        } else {
            interrupted = runThreads(threads);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        rethrow();
        if (interrupted) {
            throw SealwayException.failed(
                    "the walk was interrupted; what is committed stays, run it again to continue");
        }
        return written.get();
    }

    private boolean runThreads(int threads) {
        ExecutorService pool = Executors.newFixedThreadPool(threads, Workers::daemon);
        try {
            for (int t = 0; t < threads; t++) {
                pool.execute(() -> {
                    takeAll();
                    if (stopped) {
                        // whoever waits for a turn, a session or a batch does not wait any longer
                        pool.shutdownNow();
                    }
                });
            }
            pool.shutdown();
        } catch (RuntimeException | Error e) {
            fail(e);
            pool.shutdownNow();
        }
        return awaitEnd(pool);
    }

    /** @return whether this thread was interrupted, which ends them all */
    private boolean awaitEnd(ExecutorService pool) {
        boolean interrupted = false;
        while (true) {
            try {
                if (pool.awaitTermination(1, TimeUnit.MINUTES)) {
                    return interrupted;
                }
            } catch (InterruptedException e) {
                interrupted = true;
                stopped = true;
                pool.shutdownNow();
            }
        }
    }

    private static Thread daemon(Runnable run) {
        Thread thread = new Thread(run, "sealway-walk");
        thread.setDaemon(true);
        return thread;
    }

    /** What goes wrong after the first failure, or because of it, is not told. */
    private void fail(Throwable e) {
        if (!stopped) {
            failure.compareAndSet(null, e);
            stopped = true;
        }
    }

    private void takeAll() {
        try (E equipment = equip()) {
            if (equipment == null) {
                return;
            }
            for (P piece = left.poll(); piece != null && !stopped; piece = left.poll()) {
                written.addAndGet(work.run(piece, equipment, () -> stopped));
            }
        } catch (Throwable e) {
            fail(e);
        }
    }

    /**
     * One after the other, so that two do not wait for what each of them holds. Where one failed or has to do without, those
     * after it do not even try, which may take a pool's whole timeout.
     */
    private synchronized @Nullable E equip() {
        if (stopped || complete || left.isEmpty()) {
            return null;
        }
        complete = true;
        Optional<E> equipment = begun ? another.get() : Optional.of(first.get());
        begun = true;
        complete = equipment.isEmpty();
        return equipment.orElse(null);
    }

    private void rethrow() {
        Throwable first = failure.get();
        if (first instanceof RuntimeException e) {
            throw e;
        }
        if (first instanceof Error e) {
            throw e;
        }
        if (first != null) {
            throw new IllegalStateException(first);
        }
    }
}
