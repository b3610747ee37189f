package dev.sealway.testing;

import dev.sealway.Sealway;
import dev.sealway.application.LookUp;
import dev.sealway.application.Reading;
import dev.sealway.application.Residence;
import dev.sealway.application.SealedColumn;
import dev.sealway.application.ValueType;
import dev.sealway.application.Writing;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An application in several instances that writes, reads and looks up {@code people (id bigint PRIMARY KEY, email text,
 * balance numeric(12,2))} with what Sealway says of each phase. It remembers what every row must be, each thread the ids of
 * its own remainder, and compares every answer.
 *
 * <p>{@link Applications} and {@link EncryptedWriters} are its opposite: they stay in one phase on purpose.
 */
public final class SwitchingApplication implements AutoCloseable {

    /** What a row must be. */
    public record Person(Optional<String> email, Optional<BigDecimal> balance) {}

    private record Columns(SealedColumn<String> email, SealedColumn<BigDecimal> balance) {

        static Columns of(Sealway sealway) {
            return new Columns(
                    sealway.column("people.email", ValueType.TEXT),
                    sealway.column("people.balance", ValueType.NUMERIC));
        }
    }

    private final TestDatabase database;
    private final Map<Long, Person> memory = new ConcurrentHashMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Queue<Exception> errors = new ConcurrentLinkedQueue<>();
    private final Set<Residence> residences = ConcurrentHashMap.newKeySet();
    private final AtomicLong served = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stop;

    private SwitchingApplication(TestDatabase database) {
        this.database = database;
    }

    /** Makes the table with {@code rows} rows. */
    public static void createPeople(TestDatabase database, int rows) throws SQLException {
        database.execute(
                "CREATE TABLE people (id bigint PRIMARY KEY, email text, balance numeric(12,2))",
                "INSERT INTO people SELECT g, CASE WHEN g %% 11 > 0 THEN 'first' || g || '@example.org' END, g / 4.0 FROM generate_series(1, %d) g"
                        .formatted(rows));
    }

    /**
     * Starts serving.
     *
     * @param instances one process each, as far as Sealway can tell
     * @param seed printed, so that a failure can be run again
     */
    public static SwitchingApplication start(TestDatabase database, List<Sealway> instances, int threads, long seed)
            throws SQLException {
        System.out.printf("a switching application serves with seed %d%n", seed);
        SwitchingApplication all = new SwitchingApplication(database);
        all.memory.putAll(all.rows(instances.get(0)));
        for (int t = 0; t < threads; t++) {
            int number = t;
            Columns columns = Columns.of(instances.get(t % instances.size()));
            Thread thread =
                    new Thread(() -> all.serve(columns, number, threads, new Random(seed + number)), "serving-" + t);
            all.threads.add(thread);
            thread.start();
        }
        return all;
    }

    /** Waits until every thread served so many requests more, or the application ended. */
    public void await(int more) throws InterruptedException {
        long until = served.get() + (long) more * threads.size();
        while (served.get() < until && threads.stream().anyMatch(Thread::isAlive)) {
            Thread.sleep(5);
        }
    }

    /** Waits until every instance knows where values live now. */
    public void awaitResidence(List<Sealway> instances, Residence residence) throws InterruptedException {
        for (Sealway instance : instances) {
            while (Columns.of(instance).email().residence() != residence) {
                Thread.sleep(5);
            }
        }
    }

    private void serve(Columns columns, int number, int count, Random random) {
        long next = 1_000_000L + number + (count - 1_000_000L % count) % count;
        List<Long> ids = new ArrayList<>(
                memory.keySet().stream().filter(id -> id % count == number).toList());
        try (Connection connection = database.connect()) {
            while (!stop) {
                residences.add(columns.email().residence());
                long id = ids.get(random.nextInt(ids.size()));
                switch (random.nextInt(4)) {
                    case 0 -> {
                        insert(connection, columns, next, person(random));
                        ids.add(next);
                        next += count;
                    }
                    case 1 -> update(connection, columns, id, person(random));
                    case 2 -> compare(id, read(connection, columns, id));
                    default -> findAgain(connection, columns, id);
                }
                served.incrementAndGet();
            }
        } catch (SQLException | RuntimeException e) {
            errors.add(e);
        }
    }

    private static Person person(Random random) {
        return new Person(
                random.nextInt(8) == 0
                        ? Optional.empty()
                        : Optional.of("w" + random.nextInt(1_000_000) + "@Example.org"),
                Optional.of(BigDecimal.valueOf(random.nextInt(1_000_000), 2)));
    }

    private void insert(Connection connection, Columns columns, long id, Person person) throws SQLException {
        columns.email().retrying(() -> {
            Writing email = columns.email().write(person.email().orElse(null));
            Writing balance = columns.balance().write(person.balance().orElse(null));
            String sql = "INSERT INTO people (%s, %s, id) VALUES (%s, %s, ?)"
                    .formatted(email.columns(), balance.columns(), email.marks(), balance.marks());
            return write(connection, sql, email, balance, id);
        });
        memory.put(id, person);
    }

    private void update(Connection connection, Columns columns, long id, Person person) throws SQLException {
        columns.email().retrying(() -> {
            Writing email = columns.email().write(person.email().orElse(null));
            Writing balance = columns.balance().write(person.balance().orElse(null));
            String sql = "UPDATE people SET %s, %s WHERE id = ?".formatted(email.assignments(), balance.assignments());
            return write(connection, sql, email, balance, id);
        });
        memory.put(id, person);
    }

    private static int write(Connection connection, String sql, Writing email, Writing balance, long id)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setLong(balance.bind(statement, email.bind(statement, 1)), id);
            return statement.executeUpdate();
        }
    }

    private static Person read(Connection connection, Columns columns, long id) throws SQLException {
        return columns.email().retrying(() -> {
            Reading<String> email = columns.email().read("p");
            Reading<BigDecimal> balance = columns.balance().read("p");
            String sql = "SELECT %s, %s FROM people p WHERE id = ?".formatted(email.columns(), balance.columns());
            try (var statement = connection.prepareStatement(sql)) {
                statement.setLong(1, id);
                try (var row = statement.executeQuery()) {
                    row.next();
                    return new Person(
                            Optional.ofNullable(email.value(row, 1)),
                            Optional.ofNullable(balance.value(row, 1 + email.width())));
                }
            }
        });
    }

    private void findAgain(Connection connection, Columns columns, long id) throws SQLException {
        Optional<String> email = memory.get(id).email();
        if (email.isPresent() && !find(connection, columns, email.get()).contains(id)) {
            wrong.add("row %d is not found".formatted(id));
        }
    }

    private static List<Long> find(Connection connection, Columns columns, String email) throws SQLException {
        return columns.email().retrying(() -> {
            LookUp wanted = columns.email().lookUp(email);
            Reading<String> reading = columns.email().read();
            List<Long> found = new ArrayList<>();
            try (var statement = connection.prepareStatement(
                    "SELECT id, %s FROM people WHERE %s".formatted(reading.columns(), wanted.condition()))) {
                wanted.bind(statement, 1);
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        if (email.equals(reading.value(rows, 2))) {
                            found.add(rows.getLong(1));
                        }
                    }
                }
            }
            return found;
        });
    }

    private void compare(long id, Person read) {
        if (!read.equals(memory.get(id))) {
            wrong.add("row %d is not what was written".formatted(id));
        }
    }

    /** Every row, as an instance reads it now. */
    public Map<Long, Person> rows(Sealway instance) throws SQLException {
        Map<Long, Person> rows = new TreeMap<>();
        try (Connection connection = database.connect()) {
            for (var id : database.rows("SELECT id FROM people")) {
                long row = Long.parseLong(String.valueOf(id.get(0)));
                rows.put(row, read(connection, Columns.of(instance), row));
            }
        }
        return rows;
    }

    public Map<Long, Person> memory() {
        return new TreeMap<>(memory);
    }

    /** Ends all serving; afterwards the memory is what the table must be. */
    public void stop() throws InterruptedException {
        stop = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** Answers that were not what was written; must stay empty. */
    public List<String> wrong() {
        return List.copyOf(wrong);
    }

    public List<Exception> errors() {
        return List.copyOf(errors);
    }

    /** Where values lived while it served. */
    public Set<Residence> residences() {
        return Set.copyOf(residences);
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
