package dev.sealway.bench.speed;

import dev.sealway.progress.Progress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The most bytes that were in use right after a full collection, ten of which take place during each piece of long work: what
 * the program holds, and not what waits to be collected. Thread-safe.
 */
final class Heap implements Progress {

    private static final int LOOKS = 10;

    private final Map<String, AtomicLong> left = new ConcurrentHashMap<>();
    private final Map<String, Long> stretch = new ConcurrentHashMap<>();
    private long most;

    @Override
    public void began(String work, long total) {
        stretch.put(work, Math.max(1, total / LOOKS));
        left.put(work, new AtomicLong(total / LOOKS / 2));
    }

    @Override
    public void advanced(String work, long rows) {
        AtomicLong ahead = left.get(work);
        if (ahead != null && ahead.addAndGet(-rows) < 0) {
            ahead.set(stretch.getOrDefault(work, Long.MAX_VALUE));
            look();
        }
    }

    private synchronized void look() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        most = Math.max(most, runtime.totalMemory() - runtime.freeMemory());
    }

    synchronized double megabytes() {
        return most / (double) (1 << 20);
    }
}
