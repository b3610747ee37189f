package dev.sealway.batch;

import dev.sealway.jdbc.Session;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Reads and seals the batches of a range ahead of the thread that writes them, on threads of its own and a session that
 * nobody else uses meanwhile. As many batches are under way as the task has use for; they come out in the order in which
 * they were read.
 */
final class ReadAhead implements AutoCloseable {

    private final Session session;
    private final BatchStages stages;
    private final boolean onlyPending;
    private final ExecutorService reading = Executors.newSingleThreadExecutor(t -> daemon(t, "sealway-read-ahead"));
    private final ExecutorService sealing;
    private final Semaphore room;
    private final Queue<ReadBatch> unsealed = new ConcurrentLinkedQueue<>();
    private final UnderWay<SealedBatch> batches = new UnderWay<>("reading ahead");

    /** @param onlyPending see {@link BatchSql#read} */
    ReadAhead(Session session, BatchStages stages, boolean onlyPending) {
        int depth = stages.task().concurrency();
        int waiting = stages.task().waitingBatches();
        this.session = session;
        this.stages = stages;
        this.onlyPending = onlyPending;
        this.sealing = Executors.newFixedThreadPool(depth, t -> daemon(t, "sealway-seal"));
        this.room = new Semaphore(depth + waiting);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Once. */
    void start(KeyRange range) {
        reading.execute(() -> readToTheEnd(range));
    }

    private void readToTheEnd(KeyRange beginning) {
        try {
            KeyRange range = beginning;
            while (true) {
                room.acquire();
                ReadBatch read = stages.read(session, range, onlyPending);
                unsealed.add(read);
                batches.add(sealing.submit(() -> seal(read)));
                if (read.endsRange()) {
                    return;
                }
                range = range.from(read.lastKey().orElseThrow());
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            // an interrupt means that nobody takes any more
            batches.add(CompletableFuture.failedFuture(e));
        }
    }

    private SealedBatch seal(ReadBatch read) {
        try {
            return stages.seal(read);
        } finally {
            unsealed.remove(read);
        }
    }

    /** Waits for the next batch; while the caller writes it, others are read and sealed. */
    SealedBatch take() {
        SealedBatch batch = batches.next();
        room.release();
        return batch;
    }

    /** Returns only after the threads have let go of the session and of all values, which are forgotten. */
    @Override
    public void close() {
        sealing.shutdownNow();
        reading.shutdownNow();
        boolean interrupted = Thread.interrupted();
        interrupted |= awaitEnd(reading);
        interrupted |= awaitEnd(sealing);
        unsealed.forEach(read -> read.rows().forEach(ReadRow::forget));
        batches.drain(SealedBatch::forget);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether this thread was interrupted meanwhile */
    private static boolean awaitEnd(ExecutorService threads) {
        boolean interrupted = false;
        while (true) {
            try {
                if (threads.awaitTermination(1, TimeUnit.MINUTES)) {
                    return interrupted;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }
}
