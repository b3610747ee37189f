package dev.sealway.batch;

import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Session;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Reads and seals the batches of a range ahead of the thread that writes them, on threads and a session of its own. As
 * many batches are under way as the task has use for; they come out in the order in which they were read.
 */
final class ReadAhead implements AutoCloseable {

    private final Session session;
    private final BatchStages stages;
    private final boolean onlyPending;
    private final ExecutorService reading = Executors.newSingleThreadExecutor(t -> daemon(t, "sealway-read-ahead"));
    private final ExecutorService sealing;
    private final Semaphore room;
    private final UnderWay<SealedBatch> batches = new UnderWay<>("reading ahead");

    /** @param onlyPending see {@link BatchSql#read} */
    ReadAhead(Database database, BatchStages stages, boolean onlyPending) {
        int depth = stages.task().concurrency();
        int waiting = stages.task().waitingBatches();
        this.session = database.open();
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
                batches.add(sealing.submit(() -> stages.seal(read)));
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

    /** Waits for the next batch; while the caller writes it, others are read and sealed. */
    SealedBatch take() {
        SealedBatch batch = batches.next();
        room.release();
        return batch;
    }

    /** The session is closed only after the thread has let go of it. */
    @Override
    public void close() {
        sealing.shutdownNow();
        reading.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            while (!reading.awaitTermination(1, TimeUnit.MINUTES)) {
                Thread.onSpinWait();
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            session.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
