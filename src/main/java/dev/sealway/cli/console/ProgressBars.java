package dev.sealway.cli.console;

import dev.sealway.progress.Progress;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Progress on a terminal: finished steps, and a bar for long work. Of several works at once the one that began first has the
 * bar, since there is one line for it, and the others are counted behind it. Thread-safe.
 */
final class ProgressBars implements Progress {
    private static final int REFRESH_MILLIS = 200;

    private final Console console;
    private final int width;
    private final Map<String, Work> underWay = new LinkedHashMap<>();
    private @Nullable String shown;
    private @Nullable ProgressBar bar;

    ProgressBars(Console console, int width) {
        this.console = console;
        this.width = width;
    }

    /** Guarded by the monitor of these bars. */
    private static final class Work {
        private final long total;
        private final long began = System.nanoTime();
        private long done;

        Work(long total) {
            this.total = total;
        }
    }

    @Override
    public void done(String step) {
        console.done(step);
    }

    @Override
    public void notice(String text) {
        console.notice(text);
    }

    @Override
    public synchronized void began(String work, long total) {
        hide(work);
        underWay.put(work, new Work(total));
        show();
    }

    /** The total may have been an estimate: the bar grows rather than passing its end. */
    @Override
    public synchronized void advanced(String work, long rows) {
        Work known = underWay.get(work);
        if (known == null) {
            return;
        }
        known.done += rows;
        if (bar != null && work.equals(shown)) {
            bar.stepBy(rows);
            if (bar.getCurrent() > bar.getMax()) {
                bar.maxHint(bar.getCurrent());
            }
        }
    }

    @Override
    public synchronized void ended(String work) {
        hide(work);
        underWay.remove(work);
        show();
    }

    private void hide(String work) {
        if (bar != null && work.equals(shown)) {
            bar.setExtraMessage("");
            bar.maxHint(Math.max(bar.getCurrent(), 1));
            bar.close();
            bar = null;
            shown = null;
        }
    }

    private void show() {
        if (bar == null && !underWay.isEmpty()) {
            Map.Entry<String, Work> next = underWay.entrySet().iterator().next();
            shown = next.getKey();
            bar = bar(next.getKey(), next.getValue());
        }
        if (bar != null) {
            int others = underWay.size() - 1;
            bar.setExtraMessage(others == 0 ? "" : " +%d more".formatted(others));
        }
    }

    private ProgressBar bar(String work, Work known) {
        return new ProgressBarBuilder()
                .setTaskName("  " + work)
                .setInitialMax(Math.max(known.total, known.done))
                .startsFrom(known.done, Duration.ofNanos(System.nanoTime() - known.began))
                .setUpdateIntervalMillis(REFRESH_MILLIS)
                .setUnit(" rows", 1)
                .showSpeed(new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
                .setStyle(
                        console.isColoured() ? ProgressBarStyle.COLORFUL_UNICODE_BLOCK : ProgressBarStyle.UNICODE_BLOCK)
                .setConsumer(new ConsoleProgressBarConsumer(console.progressStream(), width))
                .build();
    }
}
