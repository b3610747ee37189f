package dev.sealway.bench.speed;

import dev.sealway.progress.Progress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the guard costs an update of one row: microseconds, the median of many.
 *
 * @param words which update
 */
record Guarded(String words, double without, double with) {

    private static final int PER_BLOCK = 500;

    double ratio() {
        return with / without;
    }

    /** Which update, and whether its commit waits for the disk. */
    private record Update(String words, String assignment, String synchronous) {}

    private static final List<Update> UPDATES = List.of(
            new Update("another column, each commit on disk", "notes = notes || ''", "on"),
            new Update("another column, commits not waited for", "notes = notes || ''", "off"),
            new Update("the e-mail, each commit on disk", "email = email || 'x'", "on"),
            new Update("the e-mail, commits not waited for", "email = email || 'x'", "off"));

    /** Of a table that is expanded and backfilled: updates with a commit each, in blocks by turns. */
    static List<Guarded> measure(Users users, int rows, int blocks) throws Exception {
        users.create(rows);
        new Ours().run(users, Progress.NONE, () -> {}, () -> {});
        List<Guarded> all = new ArrayList<>();
        for (Update update : UPDATES) {
            all.add(measure(users, rows, blocks, update));
        }
        return all;
    }

    private static Guarded measure(Users users, int rows, int blocks, Update which) throws Exception {
        long[] with = new long[blocks * PER_BLOCK];
        long[] without = new long[blocks * PER_BLOCK];
        try (Connection connection = users.database().getConnection();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE users SET %s WHERE id = ?".formatted(which.assignment))) {
            connection.createStatement().execute("SET synchronous_commit = " + which.synchronous);
            update(update, new long[PER_BLOCK], 0, rows);
            for (int from = 0; from < with.length; from += PER_BLOCK) {
                users.execute("ALTER TABLE users DISABLE TRIGGER \"~sealway_guard\"");
                update(update, without, from, rows);
                users.execute("ALTER TABLE users ENABLE ALWAYS TRIGGER \"~sealway_guard\"");
                update(update, with, from, rows);
            }
        }
        return new Guarded(which.words, median(without), median(with));
    }

    private static void update(PreparedStatement update, long[] nanos, int from, int rows) throws Exception {
        for (int n = 0; n < PER_BLOCK; n++) {
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
