package dev.sealway.bench.speed;

import dev.sealway.Sealway;
import dev.sealway.plan.Selection;
import dev.sealway.progress.Progress;
import dev.sealway.throttle.Limits;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** What a migration costs as tables grow, and what it costs the application beside it. */
final class Costs {

    /**
     * A backfill and a verify.
     *
     * @param walk rows per second, as {@code backfill} and {@code verify}
     * @param heap MB that stayed in use after a collection, at most
     * @param wal bytes per row of the backfill
     * @param growth of the table with its indexes, bytes per row
     * @param longestWait ms that one update of an application took at most, from expand to verify; not a number if there was none
     */
    record Size(
            int rows,
            double walk,
            double backfill,
            double verify,
            double heap,
            double wal,
            double growth,
            double longestWait) {

        String longest() {
            return Double.isNaN(longestWait) ? "–" : String.format(Locale.ROOT, "%.0f", longestWait);
        }
    }

    /** @param rowsPerSecond of the backfill beside it; 0 without one */
    record Beside(String words, double rowsPerSecond, Load.Latency latency) {}

    /** Microseconds for one update, the median of many. */
    record Guarded(String words, double without, double with) {

        double ratio() {
            return with / without;
        }
    }

    private static final long THROTTLED_BYTES = 4 << 20;
    private static final int THROTTLED_ROWS = 500;
    private static final int ALONE_MILLIS = 15_000;
    private static final int BLOCKS = 20;
    private static final int UPDATES = 500;

    private final Users users;

    Costs(Users users) {
        this.users = users;
    }

    /** @param again whether what disturbs the rates is measured in a run of its own */
    Size size(int rows, boolean again) throws Exception {
        users.create(rows);
        long before = bytes();
        Heap heap = new Heap();
        long[] wal = new long[2];
        Ours.Times times =
                new Ours().run(users, again ? Progress.NONE : heap, () -> wal[0] = lsn(), () -> wal[1] = lsn());
        long grown = bytes() - before;
        double longestWait = again ? longestWait(rows, heap) : Double.NaN;
        return new Size(
                rows,
                rows / times.walk(),
                rows / times.backfill(),
                rows / times.verify(),
                heap.megabytes(),
                (double) (wal[1] - wal[0]) / rows,
                (double) grown / rows,
                longestWait);
    }

    private double longestWait(int rows, Heap heap) throws Exception {
        users.create(rows);
        try (Load load = Load.on(users, rows)) {
            new Ours().run(users, heap, () -> {}, () -> {});
            return load.latency().most();
        }
    }

    private long bytes() throws Exception {
        return users.number("SELECT pg_total_relation_size('users')");
    }

    private long lsn() {
        try {
            return users.number("SELECT pg_current_wal_lsn() - '0/0'::pg_lsn");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    List<Beside> application(int rows) throws Exception {
        List<Beside> all = new ArrayList<>();
        users.create(rows);
        try (Load load = Load.on(users, rows)) {
            Thread.sleep(ALONE_MILLIS);
            all.add(new Beside("alone", 0, load.latency()));
        }
        all.add(beside("beside a backfill as fast as it goes", rows, b -> b));
        all.add(beside(
                "beside a backfill by one worker, in batches of %d, with at most %d MB of WAL a second"
                        .formatted(THROTTLED_ROWS, THROTTLED_BYTES >> 20),
                rows,
                b -> b.workers(1).batchSize(THROTTLED_ROWS).throttle(Limits.USUAL.withWalPerSecond(THROTTLED_BYTES))));
        return all;
    }

    private Beside beside(String words, int rows, UnaryOperator<Sealway.Builder> tuning) throws Exception {
        users.create(rows);
        Sealway sealway = new Ours().sealway(users, tuning);
        sealway.expand(Selection.ALL);
        try (Load load = Load.on(users, rows)) {
            long start = System.nanoTime();
            if (!sealway.backfill(Selection.ALL).passed()) {
                throw new AssertionError("backfill failed");
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Beside(words, rows / seconds, load.latency());
        }
    }

    /** Of a table that is expanded and backfilled: updates of one row with a commit each, in blocks by turns. */
    List<Guarded> guard(int rows) throws Exception {
        users.create(rows);
        new Ours().run(users, Progress.NONE, () -> {}, () -> {});
        return List.of(
                guarded(rows, "another column, each commit on disk", "notes = notes || ''", "on"),
                guarded(rows, "another column, commits not waited for", "notes = notes || ''", "off"),
                guarded(rows, "the e-mail, each commit on disk", "email = email || 'x'", "on"),
                guarded(rows, "the e-mail, commits not waited for", "email = email || 'x'", "off"));
    }

    private Guarded guarded(int rows, String words, String assignment, String synchronous) throws Exception {
        long[] with = new long[BLOCKS * UPDATES];
        long[] without = new long[BLOCKS * UPDATES];
        try (Connection connection = users.database().getConnection();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE users SET %s WHERE id = ?".formatted(assignment))) {
            connection.createStatement().execute("SET synchronous_commit = " + synchronous);
            update(update, new long[UPDATES], 0, rows);
            for (int block = 0; block < BLOCKS; block++) {
                users.execute("ALTER TABLE users DISABLE TRIGGER \"~sealway_guard\"");
                update(update, without, block * UPDATES, rows);
                users.execute("ALTER TABLE users ENABLE ALWAYS TRIGGER \"~sealway_guard\"");
                update(update, with, block * UPDATES, rows);
            }
        }
        return new Guarded(words, median(without), median(with));
    }

    private static void update(PreparedStatement update, long[] nanos, int from, int rows) throws Exception {
        for (int n = 0; n < UPDATES; n++) {
            // far apart, so that no two fall on one page in a row
            update.setLong(1, 1 + (from + n) * 7_919L % rows);
            long start = System.nanoTime();
            update.executeUpdate();
            nanos[from + n] = System.nanoTime() - start;
        }
    }

    private static double median(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2] / 1e3;
    }
}
