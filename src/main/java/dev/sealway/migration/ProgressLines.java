package dev.sealway.migration;

import dev.sealway.progress.Progress;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Tells the progress in a tool's log: every step, and a line every few seconds of long work. Thread-safe. */
public final class ProgressLines implements Progress {

    private static final long INTERVAL = Duration.ofSeconds(5).toNanos();

    /** Work under way; guarded by itself. */
    private static final class Work {
        private final long total;
        private final long began;
        private long told;
        private long rows;

        Work(long total, long now) {
            this.total = total;
            this.began = now;
            this.told = now;
        }
    }

    private final Consumer<String> log;
    private final LongSupplier nanoTime;
    private final Map<String, Work> underWay = new ConcurrentHashMap<>();

    /**
     * @param log thread-safe
     * @param nanoTime as {@link System#nanoTime}
     */
    public ProgressLines(Consumer<String> log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
    }

    @Override
    public void done(String step) {
        log.accept(step);
    }

    @Override
    public void notice(String text) {
        log.accept("Note: " + text);
    }

    @Override
    public void began(String work, long total) {
        underWay.put(work, new Work(total, nanoTime.getAsLong()));
    }

    @Override
    public void advanced(String work, long rows) {
        Work advanced = underWay.get(work);
        if (advanced == null) {
            return;
        }
        synchronized (advanced) {
            long now = nanoTime.getAsLong();
            advanced.rows += rows;
            if (now - advanced.told >= INTERVAL) {
                advanced.told = now;
                log.accept("%s: %s".formatted(work, words(advanced, now)));
            }
        }
    }

    @Override
    public void ended(String work) {
        Work ended = underWay.remove(work);
        if (ended != null) {
            synchronized (ended) {
                log.accept("%s: %s, done".formatted(work, words(ended, nanoTime.getAsLong())));
            }
        }
    }

    /** {@code 12,000 of 100,000 rows (12%), 4,000 rows/s}; a total that was too low an estimate is left out. */
    private static String words(Work work, long now) {
        String of = work.total >= work.rows && work.total > 0
                ? String.format(Locale.ROOT, " of %,d rows (%d%%)", work.total, 100 * work.rows / work.total)
                : " rows";
        double seconds = Math.max(1e-3, (now - work.began) / 1e9);
        return String.format(Locale.ROOT, "%,d%s, %,.0f rows/s", work.rows, of, work.rows / seconds);
    }
}
