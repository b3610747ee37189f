package dev.sealway.testing;

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

/**
 * Threads that write to {@code people (id bigint PRIMARY KEY, …)} as applications do, and remember what every row must be. Each
 * owns the ids of its own remainder, so that the memory is exact.
 */
public abstract class RememberingWriters implements AutoCloseable {

    private static final String COLUMN_GONE = "42703";

    private final TestDatabase database;
    private final String name;
    private final long firstNew;
    private final long pauseNanos;
    private final boolean untilColumnsGo;
    private final Map<Long, Optional<String>> memory = new ConcurrentHashMap<>();
    private final Queue<SQLException> errors = new ConcurrentLinkedQueue<>();
    private final AtomicLong writes = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stop;

    /**
     * @param name of the threads
     * @param firstNew no id below it is inserted
     * @param pauseNanos for which a thread rests after each write
     * @param untilColumnsGo whether a column that is gone ends the writing, and is no error
     */
    protected RememberingWriters(
            TestDatabase database, String name, long firstNew, long pauseNanos, boolean untilColumnsGo) {
        this.database = database;
        this.name = name;
        this.firstNew = firstNew;
        this.pauseNanos = pauseNanos;
        this.untilColumnsGo = untilColumnsGo;
    }

    /** @param seed printed, so that a failure can be run again */
    protected final void start(Map<Long, Optional<String>> remembered, int count, long seed) {
        System.out.printf("%ss write with seed %d%n", name, seed);
        memory.putAll(remembered);
        for (int t = 0; t < count; t++) {
            int number = t;
            Thread thread = new Thread(() -> write(number, count, new Random(seed + number)), name + "-" + t);
            threads.add(thread);
            thread.start();
        }
    }

    private void write(int number, int count, Random random) {
        try (Connection connection = database.connect()) {
            List<Long> ids = new ArrayList<>(
                    memory.keySet().stream().filter(id -> id % count == number).toList());
            long after = ids.stream().mapToLong(id -> id + 1).max().orElse(0);
            long next = Math.max(firstNew, after);
            next += Math.floorMod(number - next, count);
            while (!stop) {
                if (random.nextInt(10) == 0 || ids.isEmpty()) {
                    put(connection, true, next, number, random);
                    ids.add(next);
                    next += count;
                } else if (random.nextInt(12) == 0) {
                    delete(connection, ids.remove(random.nextInt(ids.size())));
                } else {
                    put(connection, false, ids.get(random.nextInt(ids.size())), number, random);
                }
                writes.incrementAndGet();
                LockSupport.parkNanos(pauseNanos);
            }
        } catch (SQLException e) {
            if (!untilColumnsGo || !COLUMN_GONE.equals(e.getSQLState())) {
                errors.add(e);
            }
        }
    }

    private void put(Connection connection, boolean isNew, long id, int number, Random random) throws SQLException {
        Optional<String> value = random.nextInt(8) == 0 ? Optional.empty() : Optional.of(value(id, number, random));
        put(connection, isNew, id, value, number);
        memory.put(id, value);
    }

    /** What thread {@code number} writes next. */
    protected abstract String value(long id, int number, Random random);

    /** Inserts or updates one row, and commits. */
    protected abstract void put(Connection connection, boolean isNew, long id, Optional<String> value, int number)
            throws SQLException;

    private void delete(Connection connection, long id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM people WHERE id = ?")) {
            statement.setLong(1, id);
            statement.executeUpdate();
            memory.remove(id);
        }
    }

    /** Waits until so many writes more were committed. */
    public final void await(int more) throws InterruptedException {
        long until = writes.get() + more;
        while (writes.get() < until && threads.stream().anyMatch(Thread::isAlive)) {
            Thread.sleep(5);
        }
    }

    /** Ends all writing; afterwards the memory is what the table must be. */
    public final Map<Long, Optional<String>> stop() throws InterruptedException {
        stop = true;
        for (Thread thread : threads) {
            thread.join();
        }
        return Map.copyOf(memory);
    }

    public final long writes() {
        return writes.get();
    }

    /** What they met that was not to be; must stay empty. */
    public final List<SQLException> errors() {
        return List.copyOf(errors);
    }

    @Override
    public final void close() throws InterruptedException {
        stop();
    }
}
