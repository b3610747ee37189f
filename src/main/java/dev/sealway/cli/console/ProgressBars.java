package dev.sealway.cli.console;

import dev.sealway.progress.Progress;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress on a terminal: finished steps, and a bar for long work. */
final class ProgressBars implements Progress {
    private static final int REFRESH_MILLIS = 200;

    private final Console console;
    private final int width;
    private final Map<String, ProgressBar> bars = new ConcurrentHashMap<>();

    ProgressBars(Console console, int width) {
        this.console = console;
        this.width = width;
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
    public void began(String work, long total) {
        ProgressBar former = bars.put(work, bar(work, total));
        if (former != null) {
            former.close();
        }
    }

    private ProgressBar bar(String work, long total) {
        return new ProgressBarBuilder()
                .setTaskName("  " + work)
                .setInitialMax(total)
                .setUpdateIntervalMillis(REFRESH_MILLIS)
                .setUnit(" rows", 1)
                .showSpeed(new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
                .setStyle(
                        console.isColoured() ? ProgressBarStyle.COLORFUL_UNICODE_BLOCK : ProgressBarStyle.UNICODE_BLOCK)
                .setConsumer(new ConsoleProgressBarConsumer(console.progressStream(), width))
                .build();
    }

    /** The total may have been an estimate: the bar grows rather than passing its end. */
    @Override
    public void advanced(String work, long rows) {
        ProgressBar bar = bars.get(work);
        if (bar != null) {
            bar.stepBy(rows);
            if (bar.getCurrent() > bar.getMax()) {
                bar.maxHint(bar.getCurrent());
            }
        }
    }

    @Override
    public void ended(String work) {
        ProgressBar bar = bars.remove(work);
        if (bar != null) {
            bar.maxHint(Math.max(bar.getCurrent(), 1));
            bar.close();
        }
    }
}
