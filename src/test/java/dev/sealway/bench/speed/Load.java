package dev.sealway.bench.speed;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An application: a hundred times a second, over eight connections, it reads one row and updates it, with a commit. How long
 * that takes is counted from when it should have begun, so that what waits behind a slow one counts too. Closing it ends it.
 */
final class Load implements AutoCloseable {

    private static final int CONNECTIONS = 8;
    private static final int PER_SECOND = 100;
    private static final long EVERY_NANOS = CONNECTIONS * TimeUnit.SECONDS.toNanos(1) / PER_SECOND;

    /** One read and update, by {@link System#nanoTime}. */
    private record Request(long due, long done) {

        double millis() {
            return (done - due) / 1e6;
        }
    }

    /** Milliseconds; not a number where there was no request. */
    record Latency(double median, double p99, double most) {

        private static Latency of(double[] sorted) {
            return new Latency(at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
        }

        private static double at(double[] sorted, double part) {
            return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, sorted.length * part)];
        }
    }

    private final Users users;
    private final int rows;
    private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    private final List<Future<List<Request>>> running = new ArrayList<>();
    private volatile boolean ended;

    private Load(Users users, int rows) {
        this.users = users;
        this.rows = rows;
    }

    static Load on(Users users, int rows) {
        Load load = new Load(users, rows);
        for (int c = 0; c < CONNECTIONS; c++) {
            int seed = c;
            load.running.add(load.threads.submit((Callable<List<Request>>) () -> load.run(seed)));
        }
        return load;
    }

    private List<Request> run(int seed) throws SQLException {
        SplittableRandom random = new SplittableRandom(seed);
        List<Request> requests = new ArrayList<>();
        try (Connection connection = users.database().getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement select = connection.prepareStatement("SELECT city, notes FROM users WHERE id = ?");
                    PreparedStatement update =
                            connection.prepareStatement("UPDATE users SET notes = notes || '' WHERE id = ?")) {
                for (long due = System.nanoTime() + seed * EVERY_NANOS / CONNECTIONS; ; due += EVERY_NANOS) {
                    if (!await(due)) {
                        return requests;
                    }
                    long id = 1 + random.nextLong(rows);
                    select.setLong(1, id);
                    select.executeQuery().close();
                    update.setLong(1, id);
                    update.executeUpdate();
                    connection.commit();
                    requests.add(new Request(due, System.nanoTime()));
                }
            }
        }
    }

    /** @return false if this is over */
    private boolean await(long due) {
        while (!ended && System.nanoTime() < due) {
            LockSupport.parkNanos(due - System.nanoTime());
        }
        return !ended;
    }

    /** Ends it. */
    void end() throws Exception {
        ended = true;
        for (Future<List<Request>> one : running) {
            one.get();
        }
    }

    /** Of the requests that were under way between two moments of {@link System#nanoTime}; once this was ended. */
    Latency between(long from, long to) throws Exception {
        List<Request> all = new ArrayList<>();
        for (Future<List<Request>> one : running) {
            all.addAll(one.get());
        }
        return Latency.of(all.stream()
                .filter(r -> r.due <= to && r.done >= from)
                .mapToDouble(Request::millis)
                .sorted()
                .toArray());
    }

    @Override
    public void close() {
        ended = true;
        threads.shutdown();
    }
}
