package dev.sealway.bench.speed;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/**
 * An application: a hundred times a second, over eight connections, it reads one row and updates it, with a commit. How long
 * that takes is counted from when it should have begun, so that what waits behind a slow one counts too. Closing it ends it.
 */
final class Load implements AutoCloseable {

    private static final int CONNECTIONS = 8;
    private static final int PER_SECOND = 100;
    private static final long EVERY_NANOS = CONNECTIONS * TimeUnit.SECONDS.toNanos(1) / PER_SECOND;

    /** Milliseconds. */
    record Latency(double median, double p99, double most) {}

    private final Users users;
    private final int rows;
    private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    private final List<Future<long[]>> running = new ArrayList<>();
    private volatile boolean ended;

    private Load(Users users, int rows) {
        this.users = users;
        this.rows = rows;
    }

    static Load on(Users users, int rows) {
        Load load = new Load(users, rows);
        for (int c = 0; c < CONNECTIONS; c++) {
            int seed = c;
            load.running.add(load.threads.submit((Callable<long[]>) () -> load.run(seed)));
        }
        return load;
    }

    private long[] run(int seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        LongStream.Builder nanos = LongStream.builder();
        try (Connection connection = users.database().getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement select = connection.prepareStatement("SELECT city, notes FROM users WHERE id = ?");
                    PreparedStatement update =
                            connection.prepareStatement("UPDATE users SET notes = notes || '' WHERE id = ?")) {
                long due = System.nanoTime() + seed * EVERY_NANOS / CONNECTIONS;
                while (!ended) {
                    LockSupport.parkNanos(due - System.nanoTime());
                    if (System.nanoTime() < due) {
                        continue;
                    }
                    long id = 1 + random.nextLong(rows);
                    select.setLong(1, id);
                    select.executeQuery().close();
                    update.setLong(1, id);
                    update.executeUpdate();
                    connection.commit();
                    nanos.add(System.nanoTime() - due);
                    due += EVERY_NANOS;
                }
            }
        }
        return nanos.build().toArray();
    }

    /** Ends it. */
    Latency latency() throws Exception {
        ended = true;
        LongStream all = LongStream.empty();
        for (Future<long[]> one : running) {
            all = LongStream.concat(all, Arrays.stream(one.get()));
        }
        long[] sorted = all.sorted().toArray();
        return new Latency(at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
    }

    private static double at(long[] sorted, double part) {
        return sorted[(int) Math.min(sorted.length - 1, sorted.length * part)] / 1e6;
    }

    @Override
    public void close() {
        ended = true;
        threads.shutdown();
    }
}
