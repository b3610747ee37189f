package dev.sealway.testing.transit;

import dev.sealway.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Applications that write to {@code people (id bigint PRIMARY KEY, email text)} while it is encrypted in place, and remember
 * what every row must say. Each thread owns the ids of its own remainder, and every value is written once and names its row.
 */
public final class Writers implements AutoCloseable {

    private static final int THREADS = 3;

    /** No index finds what is in clear, so catch-up is slower than writers who never rest. */
    private static final long PAUSE_NANOS = 5_000_000;

    private final TestDatabase database;
    private final Map<Long, Optional<String>> memory = new ConcurrentHashMap<>();
    private final Queue<SQLException> errors = new ConcurrentLinkedQueue<>();
    private final AtomicLong writes = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private final UnaryOperator<String> sealing;
    private volatile boolean stop;

    private Writers(TestDatabase database, UnaryOperator<String> sealing) {
        this.database = database;
        this.sealing = sealing;
    }

    /** Makes the table with {@code rows} rows and a second index, so that batches of it are written in several transactions. */
    public static Map<Long, Optional<String>> createPeople(TestDatabase database, int rows) throws SQLException {
        database.execute(
                "CREATE TABLE people (id bigint PRIMARY KEY, email text)",
                "CREATE INDEX again ON people (id)",
                "INSERT INTO people SELECT g, CASE WHEN g %% 11 > 0 THEN 'first of ' || g END FROM generate_series(1, %d) g"
                        .formatted(rows));
        Map<Long, Optional<String>> memory = new ConcurrentHashMap<>();
        for (long id = 1; id <= rows; id++) {
            memory.put(id, id % 11 > 0 ? Optional.of("first of " + id) : Optional.empty());
        }
        return memory;
    }

    /** @param sealing what every third thread makes of a value before it writes it: an application that encrypts already */
    public static Writers start(
            TestDatabase database, Map<Long, Optional<String>> remembered, long seed, UnaryOperator<String> sealing) {
        System.out.printf("applications write with seed %d%n", seed);
        Writers all = new Writers(database, sealing);
        all.memory.putAll(remembered);
        for (int t = 0; t < THREADS; t++) {
            int number = t;
            Thread thread = new Thread(() -> all.write(number, new Random(seed + number)), "writer-" + t);
            all.threads.add(thread);
            thread.start();
        }
        return all;
    }

    private void write(int number, Random random) {
        try (Connection connection = database.connect()) {
            List<Long> ids = new ArrayList<>(memory.keySet().stream()
                    .filter(id -> id % THREADS == number)
                    .toList());
            long largest = ids.stream().mapToLong(id -> id).max().orElse(number);
            long next = largest + THREADS;
            while (!stop) {
                if (random.nextInt(10) == 0 || ids.isEmpty()) {
                    put(connection, "INSERT INTO people (email, id) VALUES (?, ?)", next, number, random);
                    ids.add(next);
                    next += THREADS;
                } else if (random.nextInt(12) == 0) {
                    delete(connection, ids.remove(random.nextInt(ids.size())));
                } else {
                    long id = ids.get(random.nextInt(ids.size()));
                    put(connection, "UPDATE people SET email = ? WHERE id = ?", id, number, random);
                }
                writes.incrementAndGet();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (SQLException e) {
            errors.add(e);
        }
    }

    private void put(Connection connection, String sql, long id, int number, Random random) throws SQLException {
        Optional<String> value = random.nextInt(8) == 0
                ? Optional.empty()
                : Optional.of("row %d, write %d of writer %d".formatted(id, writes.get(), number));
        @Nullable String written = value.map(v -> number == 0 ? sealing.apply(v) : v).orElse(null);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, written);
            statement.setLong(2, id);
            statement.executeUpdate();
            memory.put(id, value);
        }
    }

    private void delete(Connection connection, long id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM people WHERE id = ?")) {
            statement.setLong(1, id);
            statement.executeUpdate();
            memory.remove(id);
        }
    }

    /** Waits until so many writes more were committed. */
    public void await(int more) throws InterruptedException {
        long until = writes.get() + more;
        while (writes.get() < until && threads.stream().anyMatch(Thread::isAlive)) {
            Thread.sleep(5);
        }
    }

    /** Ends all writing; afterwards the memory is what the table must say. */
    public Map<Long, Optional<String>> stop() throws InterruptedException {
        stop = true;
        for (Thread thread : threads) {
            thread.join();
        }
        return Map.copyOf(memory);
    }

    /** Must stay empty. */
    public List<SQLException> errors() {
        return List.copyOf(errors);
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
