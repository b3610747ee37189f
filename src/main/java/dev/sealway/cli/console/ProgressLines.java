package dev.sealway.cli.console;

import dev.sealway.progress.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Progress where nobody watches: finished steps, and of long work a plain line every few seconds. */
final class ProgressLines implements Progress {
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Console console;
    private final Clock clock;
    private final Map<String, Work> works = new ConcurrentHashMap<>();

    ProgressLines(Console console, Clock clock) {
        this.console = console;
        this.clock = clock;
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
        works.put(work, new Work(total, clock.instant()));
    }

    @Override
    public void advanced(String work, long rows) {
        Work known = works.get(work);
        if (known != null && known.advance(rows, clock.instant())) {
            console.progress(known.line(work, clock.instant()));
        }
    }

    @Override
    public void ended(String work) {
        Work known = works.remove(work);
        if (known != null) {
            console.progress(known.lastLine(work, clock.instant()));
        }
    }

    private static final class Work {
        private final long total;
        private final Instant began;
        private Instant told;
        private long done;

        private Work(long total, Instant began) {
            this.total = total;
            this.began = began;
            this.told = began;
        }

        /** @return whether it is time for a line */
        private synchronized boolean advance(long rows, Instant now) {
            done += rows;
            boolean due = told.plus(PAUSE).isBefore(now);
            if (due) {
                told = now;
            }
            return due;
        }

        private synchronized String line(String work, Instant now) {
            long rate = Figures.perSecond(done, Duration.between(began, now));
            String left = rate > 0 && total > done
                    ? ", %s left".formatted(Figures.time(Duration.ofSeconds((total - done) / rate)))
                    : "";
            return "  %s: %s of %s, %s/s%s"
                    .formatted(work, Figures.count(done), Figures.count(total, "row"), Figures.count(rate), left);
        }

        private synchronized String lastLine(String work, Instant now) {
            Duration took = Duration.between(began, now);
            return "  %s: %s in %s, %s/s"
                    .formatted(
                            work,
                            Figures.count(done, "row"),
                            Figures.time(took),
                            Figures.count(Figures.perSecond(done, took)));
        }
    }
}
