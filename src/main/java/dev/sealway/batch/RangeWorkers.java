package dev.sealway.batch;

import dev.sealway.error.SealwayException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/** Several threads that take one piece of work after the other until none is left, or one of them failed. */
final class RangeWorkers {

    /** One piece. */
    @FunctionalInterface
    interface Piece<P> {

        /**
         * @param stopped whether another piece failed, or nobody waits any more
         * @return how many rows it wrote
         */
        long run(P piece, BooleanSupplier stopped);
    }

    private volatile boolean stopped;

    /**
     * Returns only when every thread has ended. A single worker is the caller's own thread.
     *
     * @return what all pieces returned, added up
     * @throws RuntimeException the first that a piece threw; the others then end after the batch that they are at
     */
    <P> long run(List<P> pieces, int workers, Piece<P> work) {
        Queue<P> left = new ConcurrentLinkedQueue<>(pieces);
        int threads = Math.min(workers, pieces.size());
        if (threads <= 1) {
            return take(left, work);
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads, RangeWorkers::daemon);
        try {
            List<Future<Long>> running = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                running.add(pool.submit(() -> take(left, work)));
            }
            return sum(running);
        } finally {
            pool.shutdown();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "sealway-walk");
        thread.setDaemon(true);
        return thread;
    }

    private <P> long take(Queue<P> left, Piece<P> work) {
        long sum = 0;
        try {
            for (P piece = left.poll(); piece != null && !stopped; piece = left.poll()) {
                sum += work.run(piece, () -> stopped);
            }
            return sum;
        } catch (RuntimeException | Error e) {
            stopped = true;
            throw e;
        }
    }

    private long sum(List<Future<Long>> running) {
        long sum = 0;
        Throwable first = null;
        boolean interrupted = false;
        for (Future<Long> one : running) {
            while (true) {
                try {
                    sum += one.get();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                    stopped = true;
                } catch (ExecutionException e) {
                    first = first == null ? e.getCause() : first;
                    break;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        rethrow(first);
        if (interrupted) {
            throw SealwayException.failed(
                    "the walk was interrupted; what is committed stays, run it again to continue");
        }
        return sum;
    }

    private static void rethrow(@org.jspecify.annotations.Nullable Throwable failure) {
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
    }
}
