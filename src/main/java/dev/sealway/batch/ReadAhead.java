package dev.sealway.batch;

import dev.sealway.error.SealwayException;
import dev.sealway.jdbc.Database;
import dev.sealway.jdbc.Session;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads and seals the next batch on a thread and a session of its own; at most one batch waits. */
final class ReadAhead implements AutoCloseable {

    private final Session session;
    private final BatchStages stages;
    private final ExecutorService thread;
    private @Nullable Future<SealedBatch> next;

    ReadAhead(Database database, BatchStages stages) {
        this.session = database.open();
        this.stages = stages;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread daemon = new Thread(task, "sealway-read-ahead");
            daemon.setDaemon(true);
            return daemon;
        });
    }

    void start(KeyRange range) {
        next = thread.submit(() -> stages.readAndSeal(session, range, false));
    }

    /** Waits for the batch that was started last. */
    SealedBatch take() {
        Future<SealedBatch> started = next;
        if (started == null) {
            throw new IllegalStateException("no batch was started");
        }
        try {
            return started.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SealwayException failure) {
                throw failure;
            }
            throw SealwayException.failed("reading ahead failed: %s"
                    .formatted(
                            e.getCause() == null
                                    ? "unknown"
                                    : e.getCause().getClass().getSimpleName()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SealwayException.failed(
                    "the walk was interrupted; what is committed stays, run it again to continue");
        }
    }

    /** The session is closed only after the thread has let go of it. */
    @Override
    public void close() {
        thread.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            while (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
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
