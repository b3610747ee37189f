package dev.sealway.proof;

import dev.sealway.batch.UnderWay;
import dev.sealway.batch.WalkedColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Opens rows in batches on threads of its own, as many at once as their ciphers have use for, and hands them on in the
 * order in which they came, on the thread that brings them. Not thread-safe.
 */
final class OpenAhead implements AutoCloseable {

    private static final int MAX_ROWS = 500;

    /** Of all batches under way: long values must not fill the memory. */
    private static final long MAX_BYTES = 32L << 20;

    private final List<WalkedColumn> columns;
    private final Consumer<OpenedRow> taker;
    private final int depth;
    private final long maxBytes;
    private final ExecutorService opening;
    private final UnderWay<List<OpenedRow>> batches = new UnderWay<>("opening rows");
    private List<ProofRow> batch = new ArrayList<>();
    private long bytes;

    OpenAhead(List<WalkedColumn> columns, Consumer<OpenedRow> taker) {
        this.columns = List.copyOf(columns);
        this.taker = taker;
        this.depth = columns.stream().mapToInt(WalkedColumn::concurrency).max().orElse(1);
        this.maxBytes = MAX_BYTES / (depth + 2);
        this.opening = Executors.newFixedThreadPool(depth, task -> {
            Thread thread = new Thread(task, "sealway-open");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** May hand on rows that were brought earlier. */
    void bring(ProofRow row) {
        batch.add(row);
        bytes += row.bytes();
        if (batch.size() == MAX_ROWS || bytes >= maxBytes) {
            open();
        }
    }

    /** One batch more than are opened at once, so that no thread waits while rows are handed on. */
    private void open() {
        List<ProofRow> rows = batch;
        batch = new ArrayList<>();
        bytes = 0;
        batches.add(opening.submit(() -> OpenedRow.open(columns, rows)));
        if (batches.size() > depth) {
            batches.next().forEach(taker);
        }
    }

    /** Hands on all that is left. */
    void finish() {
        open();
        while (batches.size() > 0) {
            batches.next().forEach(taker);
        }
    }

    @Override
    public void close() {
        opening.shutdownNow();
    }
}
