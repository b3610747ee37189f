package dev.sealway.cli.pii;

import dev.sealway.cli.console.Console;
import dev.sealway.cli.console.Figures;
import dev.sealway.progress.Progress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A line for every batch of a backfill; everything else is left to another listener. */
public final class BatchLines implements Progress {
    private static final String BACKFILL = "backfill ";

    private final Console console;
    private final Progress others;
    private final Map<String, String> words;
    private final Map<String, Walk> walks = new HashMap<>();

    public BatchLines(Console console, Progress others, List<PlannedType> types) {
        this.console = console;
        this.others = others;
        this.words = types.stream().collect(Collectors.toMap(t -> BACKFILL + t.table(), PlannedType::word));
    }

    private static final class Walk {
        private final long total;
        private long done;
        private int batches;

        private Walk(long total) {
            this.total = total;
        }
    }

    @Override
    public void done(String step) {
        others.done(step);
    }

    @Override
    public void notice(String text) {
        others.notice(text);
    }

    @Override
    public synchronized void began(String work, long total) {
        if (work.startsWith(BACKFILL)) {
            walks.put(work, new Walk(total));
        } else {
            others.began(work, total);
        }
    }

    /** Of a backfill only what an earlier run did comes this way. */
    @Override
    public synchronized void advanced(String work, long rows) {
        Walk walk = walks.get(work);
        if (walk == null) {
            others.advanced(work, rows);
        } else {
            walk.done += rows;
        }
    }

    @Override
    public synchronized void committed(String work, long walked, long written) {
        Walk walk = walks.get(work);
        if (walk == null) {
            others.committed(work, walked, written);
            return;
        }
        walk.done += walked;
        if (walked > 0) {
            walk.batches++;
            console.line("  %s: batch %d: %s encrypted, %d/%d"
                    .formatted(
                            words.getOrDefault(work, work.substring(BACKFILL.length())),
                            walk.batches,
                            Figures.count(written, "row"),
                            walk.done,
                            Math.max(walk.done, walk.total)));
        }
    }

    @Override
    public synchronized void ended(String work) {
        if (walks.remove(work) == null) {
            others.ended(work);
        }
    }
}
