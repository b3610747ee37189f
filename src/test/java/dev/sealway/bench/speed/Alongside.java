package dev.sealway.bench.speed;

import dev.sealway.Sealway;
import dev.sealway.bench.speed.Measurements.Spread;
import dev.sealway.control.RunCancelledException;
import dev.sealway.plan.Selection;
import dev.sealway.progress.Progress;
import dev.sealway.throttle.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * What an application feels of a backfill beside it, at several paces, by turns and round by round. Each is looked at once it
 * has found its pace, until the time is over or the walk ends.
 */
final class Alongside {

    /** How a backfill goes about it. */
    private record Pace(String words, UnaryOperator<Sealway.Builder> tuning) {}

    /**
     * Of all rounds.
     *
     * @param rowsPerSecond that are walked; 0 without a backfill
     */
    record Beside(String words, Spread rowsPerSecond, Spread median, Spread p99, Spread most) {}

    static final int ROWS = 300_000;
    static final String ALONE = "alone";
    static final String FULL_SPEED = "beside a backfill as fast as it goes";
    static final String LIMITED = "beside a backfill by one worker: batches of 500, at most 4 MB of WAL a second";
    static final String GENTLE = "beside a backfill by one worker: batches of 100, 1,000 rows a second";

    private static final Duration UNTIL_STEADY = Duration.ofSeconds(4);

    private static final List<Pace> PACES = List.of(
            new Pace(FULL_SPEED, b -> b),
            new Pace(LIMITED, b -> b.workers(1).batchSize(500).throttle(Limits.USUAL.withWalPerSecond(4_000_000))),
            new Pace(GENTLE, b -> b.workers(1).batchSize(100).rowsPerSecond(1_000)));

    private final Users users;
    private final Duration each;
    private final Measurements measured;

    /** @param each how long each pace is looked at in a round */
    Alongside(Users users, Duration each, Measurements measured) {
        this.users = users;
        this.each = each;
        this.measured = measured;
    }

    /** @return what was measured, by {@link #p99} also in the measurements */
    List<Beside> run(int rounds) throws Exception {
        List<String> names = new ArrayList<>(List.of(ALONE));
        for (int round = 1; round <= rounds; round++) {
            alone();
            for (Pace pace : PACES) {
                beside(pace);
            }
        }
        PACES.forEach(p -> names.add(p.words));
        return names.stream()
                .map(n -> new Beside(
                        n,
                        measured.rate(rate(n)),
                        measured.rate(median(n)),
                        measured.rate(p99(n)),
                        measured.rate(most(n))))
                .toList();
    }

    private static String rate(String words) {
        return "rows per second %s".formatted(words);
    }

    private static String median(String words) {
        return "median %s".formatted(words);
    }

    /** What that of a round is called in the measurements. */
    static String p99(String words) {
        return "p99 %s".formatted(words);
    }

    private static String most(String words) {
        return "longest %s".formatted(words);
    }

    private void alone() throws Exception {
        users.create(ROWS);
        try (Load load = Load.on(users, ROWS)) {
            TimeUnit.SECONDS.sleep(1);
            long from = System.nanoTime();
            TimeUnit.MILLISECONDS.sleep(each.toMillis());
            put(ALONE, 0, load, from);
        }
    }

    private void put(String words, double rowsPerSecond, Load load, long from) throws Exception {
        long to = System.nanoTime();
        load.end();
        Load.Latency latency = load.between(from, to);
        measured.put(rate(words), rowsPerSecond);
        measured.put(median(words), latency.median());
        measured.put(p99(words), latency.p99());
        measured.put(most(words), latency.most());
    }

    private void beside(Pace pace) throws Exception {
        users.create(ROWS);
        Walked walked = new Walked();
        AtomicBoolean over = new AtomicBoolean();
        Sealway sealway = new Ours()
                .sealway(users, b -> pace.tuning.apply(b).progress(walked).cancelledBy(over::get));
        sealway.expand(Selection.ALL);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Load load = Load.on(users, ROWS)) {
            Future<?> backfill = thread.submit(() -> sealway.backfill(Selection.ALL));
            walked.awaitBegin();
            TimeUnit.MILLISECONDS.sleep(UNTIL_STEADY.toMillis());
            long before = walked.rows();
            long from = System.nanoTime();
            walked.awaitEnd(each);
            put(pace.words, (walked.rows() - before) * 1e9 / (System.nanoTime() - from), load, from);
            over.set(true);
            end(backfill);
        } finally {
            thread.shutdownNow();
        }
    }

    private static void end(Future<?> backfill) throws Exception {
        try {
            backfill.get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof RunCancelledException)) {
                throw e;
            }
        }
    }

    /** Counts the rows of the walk. */
    private static final class Walked implements Progress {

        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch ended = new CountDownLatch(1);
        private final AtomicLong rows = new AtomicLong();

        @Override
        public void began(String work, long total) {
            if (work.equals(Ours.WALKING)) {
                begun.countDown();
            }
        }

        @Override
        public void advanced(String work, long more) {
            if (work.equals(Ours.WALKING)) {
                rows.addAndGet(more);
            }
        }

        @Override
        public void ended(String work) {
            if (work.equals(Ours.WALKING)) {
                ended.countDown();
            }
        }

        void awaitBegin() throws InterruptedException {
            if (!begun.await(1, TimeUnit.MINUTES)) {
                throw new AssertionError("the backfill did not begin");
            }
        }

        /** @return false if the time was over before */
        boolean awaitEnd(Duration atMost) throws InterruptedException {
            return ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        }

        long rows() {
            return rows.get();
        }
    }
}
