package dev.sealway.bench.speed;

import dev.sealway.Sealway;
import dev.sealway.plan.Plan;
import dev.sealway.plan.Selection;
import dev.sealway.progress.Progress;
import dev.sealway.testing.Life;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Sealway itself: expand, backfill and verify, with everything that keeps a row from becoming stale. */
final class Ours implements Contender {

    static final String WALK = "Sealway: walk";
    static final String BACKFILL = "Sealway: backfill (walk, indexes, catch-up)";
    static final String VERIFY = "Sealway: verify";

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

    @Override
    public Map<String, Double> run(Users users, int count) {
        Stopwatch watch = new Stopwatch();
        Sealway sealway = Sealway.plan(PLAN)
                .environment(Map.of("SEALWAY_KEYS", keys))
                .progress(watch)
                .on(users.database());
        Map<String, Double> seconds = new LinkedHashMap<>();
        sealway.expand(Selection.ALL);
        double whole = timed(() -> require(sealway.backfill(Selection.ALL).passed(), "backfill"));
        seconds.put(WALK, watch.seconds("backfill public.users"));
        seconds.put(BACKFILL, whole);
        seconds.put(VERIFY, timed(() -> require(sealway.verify(Selection.ALL).passed(), "verify")));
        return seconds;
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

        private final Map<String, Long> began = new ConcurrentHashMap<>();
        private final Map<String, Long> took = new ConcurrentHashMap<>();

        @Override
        public void began(String work, long total) {
            began.put(work, System.nanoTime());
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
