package dev.sealway.testing;

import dev.sealway.workflow.ColumnToken;
import dev.sealway.workflow.SealedField;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Applications that put the same few addresses into {@code accounts (id, email)} over and over, so that most of what they
 * write is refused as a duplicate. Those of the old style go on with the token they know from the beginning; those of the
 * new style store every token there is.
 */
public final class Rivals implements AutoCloseable {

    private static final String DUPLICATE = "23505";
    private static final String COLUMN_GONE = "42703";
    private static final String DEADLOCK = "40P01";
    private static final int ADDRESSES = 25;

    private final TestDatabase database;
    private final Supplier<SealedField> fields;
    private final boolean plaintext;
    private final ReadWriteLock gate = new ReentrantReadWriteLock(true);
    private final Map<Boolean, AtomicInteger> refused = Map.of(true, new AtomicInteger(), false, new AtomicInteger());
    private final Queue<SQLException> errors = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile SealedField newest;
    private volatile boolean oldStyle = true;
    private volatile boolean stop;

    private Rivals(TestDatabase database, Supplier<SealedField> fields, boolean plaintext) {
        this.database = database;
        this.fields = fields;
        this.plaintext = plaintext;
        this.newest = fields.get();
    }

    /**
     * Starts two applications of each style.
     *
     * @param fields gives what an application that starts now would get
     * @param plaintext whether they store the address too
     */
    public static Rivals start(TestDatabase database, Supplier<SealedField> fields, boolean plaintext, long seed) {
        System.out.printf("rivals write with seed %d%n", seed);
        Rivals all = new Rivals(database, fields, plaintext);
        SealedField first = all.newest;
        for (int t = 0; t < 4; t++) {
            boolean old = t % 2 == 0;
            Random random = new Random(seed + t);
            Thread thread = new Thread(() -> all.write(old, first, random), "rival-" + t);
            all.threads.add(thread);
            thread.start();
        }
        return all;
    }

    /** Applications of the new style are restarted, so that they learn which tokens there are. */
    public void restartNewStyle() {
        newest = fields.get();
    }

    /** From here on, nobody writes in the old style. */
    public void retireOldStyle() {
        gate.writeLock().lock();
        oldStyle = false;
        gate.writeLock().unlock();
    }

    /** Runs {@code step} while applications of the old style stand still. */
    public void withoutOldStyle(Runnable step) {
        gate.writeLock().lock();
        try {
            step.run();
        } finally {
            gate.writeLock().unlock();
        }
    }

    /** Waits until applications of every style that still writes met so many duplicates more. */
    public void awaitRefusals(int more) throws InterruptedException {
        int oldUntil = refused.get(true).get() + (oldStyle ? more : 0);
        int newUntil = refused.get(false).get() + more;
        while ((refused.get(true).get() < oldUntil || refused.get(false).get() < newUntil)
                && threads.stream().allMatch(Thread::isAlive)) {
            Thread.sleep(5);
        }
    }

    /** What they met besides duplicates and columns that are gone; must stay empty. */
    public List<SQLException> errors() {
        return List.copyOf(errors);
    }

    private void write(boolean old, SealedField first, Random random) {
        try (Connection connection = database.connect()) {
            while (!stop) {
                if (!old) {
                    attempt(connection, false, newest, random);
                } else if (oldStyle) {
                    gate.readLock().lock();
                    try {
                        attempt(connection, true, first, random);
                    } finally {
                        gate.readLock().unlock();
                    }
                } else {
                    Thread.sleep(5);
                }
            }
        } catch (SQLException e) {
            errors.add(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt(Connection connection, boolean old, SealedField field, Random random) throws SQLException {
        String address = "v" + random.nextInt(ADDRESSES) + "@b.c";
        try {
            switch (random.nextInt(4)) {
                case 0 -> delete(connection, random);
                case 1 ->
                    put(
                            connection,
                            field,
                            address,
                            "UPDATE accounts SET (%s, id) = ROW (%s, id) WHERE id = (SELECT id FROM accounts ORDER BY random() LIMIT 1)");
                default -> put(connection, field, address, "INSERT INTO accounts (%s) SELECT %s");
            }
        } catch (SQLException e) {
            switch (String.valueOf(e.getSQLState())) {
                case DUPLICATE -> refused.get(old).incrementAndGet();
                case COLUMN_GONE -> restartNewStyle();
                case DEADLOCK -> {}
                default -> throw e;
            }
        }
    }

    private static void delete(Connection connection, Random random) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM accounts WHERE id % 7 = ?")) {
            delete.setInt(1, random.nextInt(7));
            delete.executeUpdate();
        }
    }

    private void put(Connection connection, SealedField field, String address, String sql) throws SQLException {
        Map<String, Object> values = new LinkedHashMap<>();
        if (plaintext) {
            values.put("email", address);
        }
        values.put("email_encrypted", field.seal(address));
        for (ColumnToken token : field.searchTokens(address)) {
            values.put(token.column(), token.token());
        }
        String text = sql.formatted(
                String.join(", ", values.keySet()),
                String.join(
                        ", ",
                        values.values().stream()
                                .map(v -> v instanceof String ? "?::text" : "?::bytea")
                                .toList()));
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            int at = 1;
            for (Object value : values.values()) {
                statement.setObject(at++, value);
            }
            statement.executeUpdate();
        }
    }

    /** Addresses that are there more than once now. */
    public List<String> duplicates() throws SQLException {
        Map<String, Integer> seen = new LinkedHashMap<>();
        SealedField field = newest;
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT email_encrypted FROM accounts WHERE email_encrypted IS NOT NULL")) {
            while (rows.next()) {
                seen.merge(field.open(rows.getBytes(1)), 1, Integer::sum);
            }
        }
        return seen.entrySet().stream()
                .filter(e -> e.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public void close() throws InterruptedException {
        stop = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
