package dev.sealway.bench.speed;

import dev.sealway.Sealway;
import dev.sealway.plan.Plan;
import dev.sealway.plan.Selection;
import dev.sealway.progress.Progress;
import dev.sealway.testing.Life;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Sealway itself: expand, backfill and verify, with everything that keeps a row from becoming stale. */
final class Ours implements Contender {

    static final String WALK = "Sealway: walk";
    static final String BACKFILL = "Sealway: backfill (walk, indexes, catch-up)";
    static final String VERIFY = "Sealway: verify";

    /** What the walk is called where it tells of its advance. */
    static final String WALKING = "backfill public.users";

    private static final Plan PLAN = Life.plan("""
            tables:
              public.users:
                columns:
                  email: { search: { normalizer: email } }
                  first_name: {}
                  last_name: {}
                  phone: {}
            """);

    private final String keys = Life.freshKeys();

    @Override
    public String name() {
        return BACKFILL;
    }

    /** Seconds; the walk is a part of the backfill. */
    record Times(double walk, double backfill, double verify) {}

    @Override
    public Map<String, Double> run(Users users, int count) {
        Times times = run(users, Progress.NONE, () -> {}, () -> {});
        Map<String, Double> seconds = new LinkedHashMap<>();
        seconds.put(WALK, times.walk);
        seconds.put(BACKFILL, times.backfill);
        seconds.put(VERIFY, times.verify);
        return seconds;
    }

    /** Expand, which is not timed, backfill and verify. */
    Times run(Users users, Progress also, Runnable beforeBackfill, Runnable afterBackfill) {
        Stopwatch watch = new Stopwatch(also);
        Sealway sealway = sealway(users, b -> b.progress(watch));
        sealway.expand(Selection.ALL);
        beforeBackfill.run();
        double backfill = timed(() -> require(sealway.backfill(Selection.ALL).passed(), "backfill"));
        afterBackfill.run();
        double verify = timed(() -> require(sealway.verify(Selection.ALL).passed(), "verify"));
        return new Times(watch.seconds(WALKING), backfill, verify);
    }

    Sealway sealway(Users users, UnaryOperator<Sealway.Builder> tuning) {
        return tuning.apply(Sealway.plan(PLAN).environment(Map.of("SEALWAY_KEYS", keys)))
                .on(users.database());
    }

    private static double timed(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static void require(boolean passed, String verb) {
        if (!passed) {
            throw new AssertionError(verb + " failed");
        }
    }

    /** How long each piece of long work took. */
    private static final class Stopwatch implements Progress {

        private final Progress also;
        private final Map<String, Long> began = new ConcurrentHashMap<>();
        private final Map<String, Long> took = new ConcurrentHashMap<>();

        Stopwatch(Progress also) {
            this.also = also;
        }

        @Override
        public void began(String work, long total) {
            also.began(work, total);
            began.put(work, System.nanoTime());
        }

        @Override
        public void advanced(String work, long rows) {
            also.advanced(work, rows);
        }

        @Override
        public void ended(String work) {
            took.put(work, System.nanoTime() - began.getOrDefault(work, System.nanoTime()));
        }

        double seconds(String work) {
            Long nanos = took.get(work);
            if (nanos == null) {
                throw new AssertionError("no '%s' among %s".formatted(work, took.keySet()));
            }
            return nanos / 1e9;
        }
    }
}
