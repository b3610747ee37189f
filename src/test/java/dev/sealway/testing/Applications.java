package dev.sealway.testing;

import dev.sealway.workflow.SealedField;
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
import org.jspecify.annotations.Nullable;

/**
 * Applications that write to {@code people (id bigint PRIMARY KEY, email text)} while a migration runs, and remember what
 * every row must be. Each thread owns the ids of its own remainder, so that the memory is exact.
 *
 * <p>Half of the threads know nothing of encryption; the others, where a {@link SealedField} is given, write plaintext,
 * ciphertext and token together.
 */
public final class Applications implements AutoCloseable {

    private static final String COLUMN_GONE = "42703";

    private final TestDatabase database;
    private final Map<Long, Optional<String>> memory = new ConcurrentHashMap<>();
    private final Queue<SQLException> errors = new ConcurrentLinkedQueue<>();
    private final AtomicLong writes = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private final List<SealedField> fields;
    private volatile boolean stop;

    private Applications(TestDatabase database, List<SealedField> fields) {
        this.database = database;
        this.fields = fields;
    }

    /**
     * Makes the table with {@code rows} rows, all of which are remembered. It has a second index, so that batches of it are
     * written in several transactions.
     */
    public static Map<Long, Optional<String>> createPeople(TestDatabase database, int rows) throws SQLException {
        database.execute(
                "CREATE TABLE people (id bigint PRIMARY KEY, email text)",
                "INSERT INTO people SELECT g, CASE WHEN g %% 11 > 0 THEN 'first' || g || '@example.org' END FROM generate_series(1, %d) g"
                        .formatted(rows),
                "CREATE INDEX again ON people (id)");
        Map<Long, Optional<String>> memory = new ConcurrentHashMap<>();
        for (long id = 1; id <= rows; id++) {
            memory.put(id, id % 11 > 0 ? Optional.of("first" + id + "@example.org") : Optional.empty());
        }
        return memory;
    }

    /**
     * Starts writing.
     *
     * @param seed printed, so that a failure can be run again
     * @param field where given, every second thread writes both columns
     */
    public static Applications start(
            TestDatabase database,
            Map<Long, Optional<String>> remembered,
            int count,
            long seed,
            @Nullable SealedField field) {
        return start(database, remembered, count, seed, field == null ? List.of() : List.of(field));
    }

    /** As {@link #start(TestDatabase, Map, int, long, SealedField)}, each second thread with the next of {@code fields}. */
    public static Applications start(
            TestDatabase database,
            Map<Long, Optional<String>> remembered,
            int count,
            long seed,
            List<SealedField> fields) {
        System.out.printf("applications write with seed %d%n", seed);
        Applications all = new Applications(database, List.copyOf(fields));
        all.memory.putAll(remembered);
        for (int t = 0; t < count; t++) {
            int number = t;
            Thread thread = new Thread(() -> all.write(number, count, new Random(seed + number)), "application-" + t);
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
            long next = 1_000_000L + number;
            while (!stop) {
                if (random.nextInt(10) == 0 || ids.isEmpty()) {
                    while (next % count != number) {
                        next++;
                    }
                    put(connection, "INSERT INTO people (email%s, id) VALUES (?%s, ?)", next, value(random), number);
                    ids.add(next++);
                } else if (random.nextInt(12) == 0) {
                    long id = ids.remove(random.nextInt(ids.size()));
                    delete(connection, id);
                } else {
                    put(
                            connection,
                            "UPDATE people SET (email%s) = ROW (?%s) WHERE id = ?",
                            ids.get(random.nextInt(ids.size())),
                            value(random),
                            number);
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
                : Optional.of("w" + random.nextInt(1_000_000) + "@Example.org");
    }

    private void put(Connection connection, String sql, long id, Optional<String> value, int number)
            throws SQLException {
        SealedField both = number % 2 == 1 && !fields.isEmpty() ? fields.get(number / 2 % fields.size()) : null;
        String text = both == null ? sql.formatted("", "") : sql.formatted(", email_encrypted, email_search", ", ?, ?");
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            int at = 1;
            statement.setString(at++, value.orElse(null));
            if (both != null) {
                statement.setBytes(at++, value.map(both::seal).orElse(null));
                statement.setBytes(at++, value.map(both::searchToken).orElse(null));
            }
            statement.setLong(at, id);
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

    /** Ends all writing; afterwards the memory is what the table must be. */
    public Map<Long, Optional<String>> stop() throws InterruptedException {
        stop = true;
        for (Thread thread : threads) {
            thread.join();
        }
        return Map.copyOf(memory);
    }

    public long writes() {
        return writes.get();
    }

    /** What applications met besides the column being gone; must stay empty. */
    public List<SQLException> errors() {
        return List.copyOf(errors);
    }

    /** What the encrypted column holds now, opened. */
    public static Map<Long, Optional<String>> opened(TestDatabase database, SealedField field) throws SQLException {
        Map<Long, Optional<String>> opened = new ConcurrentHashMap<>();
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT id, email_encrypted FROM people")) {
            while (rows.next()) {
                opened.put(
                        rows.getLong(1), Optional.ofNullable(rows.getBytes(2)).map(field::open));
            }
        }
        return Map.copyOf(opened);
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
