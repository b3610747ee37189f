package dev.sealway.testing;

import dev.sealway.workflow.SealedField;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Applications of the time after a cut over: they write {@code email_encrypted} and {@code email_search} of {@code people
 * (id bigint PRIMARY KEY, email text)} and have never heard of {@code email}. Each thread owns the ids of its own
 * remainder and remembers what every row must be; it ends when the columns are gone.
 */
public final class EncryptedWriters implements AutoCloseable {

    private static final String COLUMN_GONE = "42703";
    private static final String INSERT = "INSERT INTO people (email_encrypted, email_search, id) VALUES (?, ?, ?)";
    private static final String UPDATE = "UPDATE people SET email_encrypted = ?, email_search = ? WHERE id = ?";

    private final TestDatabase database;
    private final SealedField field;
    private final Map<Long, Optional<String>> memory = new ConcurrentHashMap<>();
    private final Queue<SQLException> errors = new ConcurrentLinkedQueue<>();
    private final AtomicLong writes = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stop;

    private EncryptedWriters(TestDatabase database, SealedField field) {
        this.database = database;
        this.field = field;
    }

    /** @param seed printed, so that a failure can be run again */
    public static EncryptedWriters start(
            TestDatabase database, SealedField field, Map<Long, Optional<String>> remembered, int count, long seed) {
        System.out.printf("encrypted-only applications write with seed %d%n", seed);
        EncryptedWriters all = new EncryptedWriters(database, field);
        all.memory.putAll(remembered);
        for (int t = 0; t < count; t++) {
            int number = t;
            Thread thread = new Thread(() -> all.write(number, count, new Random(seed + number)), "encrypted-" + t);
            all.threads.add(thread);
            thread.start();
        }
        return all;
    }

    /** Waits until so many writes more were committed. */
    public void await(int more) throws InterruptedException {
        long until = writes.get() + more;
        while (writes.get() < until && threads.stream().anyMatch(Thread::isAlive)) {
            Thread.sleep(5);
        }
    }

    private void write(int number, int count, Random random) {
        try (Connection connection = database.connect()) {
            List<Long> ids = new ArrayList<>(
                    memory.keySet().stream().filter(id -> id % count == number).toList());
            long next = 1_000_000L * count + number;
            while (!stop) {
                int kind = random.nextInt(12);
                if (kind == 0) {
                    put(connection, INSERT, next, value(random));
                    ids.add(next);
                    next += count;
                } else if (kind == 1 && !ids.isEmpty()) {
                    delete(connection, ids.remove(random.nextInt(ids.size())));
                } else if (!ids.isEmpty()) {
                    put(connection, UPDATE, ids.get(random.nextInt(ids.size())), value(random));
                }
                writes.incrementAndGet();
            }
        } catch (SQLException e) {
            if (!COLUMN_GONE.equals(e.getSQLState())) {
                errors.add(e);
            }
        }
    }

    private static Optional<String> value(Random random) {
        return random.nextInt(8) == 0
                ? Optional.empty()
                : Optional.of("e" + random.nextInt(1_000_000) + "@example.org");
    }

    private void put(Connection connection, String sql, long id, Optional<String> value) throws SQLException {
        put(connection, field, sql, id, value);
        memory.put(id, value);
    }

    private static void put(Connection connection, SealedField field, String sql, long id, Optional<String> value)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setBytes(1, value.map(field::seal).orElse(null));
            statement.setBytes(2, value.map(field::searchToken).orElse(null));
            statement.setLong(3, id);
            statement.executeUpdate();
        }
    }

    private void delete(Connection connection, long id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM people WHERE id = ?")) {
            statement.setLong(1, id);
            statement.executeUpdate();
            memory.remove(id);
        }
    }

    /** One such write. */
    public static void write(TestDatabase database, SealedField field, long id, String value) throws SQLException {
        try (Connection connection = database.connect()) {
            put(connection, field, UPDATE, id, Optional.of(value));
        }
    }

    /** Rows whose plaintext is there and is not what the ciphertext holds. */
    public static long stale(TestDatabase database, SealedField field) throws SQLException {
        Map<Long, Optional<String>> opened = Applications.opened(database, field);
        return plaintexts(database).entrySet().stream()
                .filter(e -> e.getValue().isPresent() && !e.getValue().equals(opened.get(e.getKey())))
                .count();
    }

    /** What the plaintext column holds now. */
    public static Map<Long, Optional<String>> plaintexts(TestDatabase database) throws SQLException {
        Map<Long, Optional<String>> plaintexts = new HashMap<>();
        for (var row : database.rows("SELECT id, email FROM people")) {
            plaintexts.put(Long.valueOf(String.valueOf(row.get(0))), Optional.ofNullable(row.get(1)));
        }
        return Map.copyOf(plaintexts);
    }

    /** Ends all writing; afterwards the memory is what the table must be. */
    public Map<Long, Optional<String>> stop() throws InterruptedException {
        stop = true;
        for (Thread thread : threads) {
            thread.join();
        }
        return Map.copyOf(memory);
    }

    /** What they met besides the columns being gone; must stay empty. */
    public List<SQLException> errors() {
        return List.copyOf(errors);
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
