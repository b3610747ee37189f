package dev.sealway.proof;

import dev.sealway.batch.UnderWay;
import dev.sealway.batch.WalkedColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Proves rows in batches on threads of its own, as many at once as their ciphers have use for, or this machine has
 * processors, and hands them on in the order in which they came, on the thread that brings them. Not thread-safe.
 */
final class ProveAhead implements AutoCloseable {

    private static final int MAX_ROWS = 500;

    /** Of all batches under way: long values must not fill the memory. */
    private static final long MAX_BYTES = 32L << 20;

    private static final int MOST_THREADS = 8;

    private final RowProver prover;
    private final Consumer<ProvenRow> taker;
    private final int depth;
    private final long maxBytes;
    private final ExecutorService opening;
    private final UnderWay<List<ProvenRow>> batches = new UnderWay<>("proving rows");
    private List<ProofRow> batch = new ArrayList<>();
    private long bytes;

    ProveAhead(RowProver prover, Consumer<ProvenRow> taker) {
        this.prover = prover;
        this.taker = taker;
        int ciphers = prover.columns().stream()
                .mapToInt(WalkedColumn::concurrency)
                .max()
                .orElse(1);
        this.depth = ciphers == 1 ? Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()) : ciphers;
        this.maxBytes = MAX_BYTES / (depth + 2);
        this.opening = Executors.newFixedThreadPool(depth, task -> {
            Thread thread = new Thread(task, "sealway-prove");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** May hand on rows that were brought earlier. */
    void bring(ProofRow row) {
        batch.add(row);
        bytes += row.bytes();
        if (batch.size() == MAX_ROWS || bytes >= maxBytes) {
            prove();
        }
    }

    /** One batch more than are proven at once, so that no thread waits while rows are handed on. */
    private void prove() {
        List<ProofRow> rows = batch;
        batch = new ArrayList<>();
        bytes = 0;
        batches.add(opening.submit(() -> prover.prove(rows)));
        if (batches.size() > depth) {
            batches.next().forEach(taker);
        }
    }

    /** Hands on all that is left. */
    void finish() {
        prove();
        while (batches.size() > 0) {
            batches.next().forEach(taker);
        }
    }

    @Override
    public void close() {
        opening.shutdownNow();
    }
}
