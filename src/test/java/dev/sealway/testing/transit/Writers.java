package dev.sealway.testing.transit;

import dev.sealway.testing.RememberingWriters;
import dev.sealway.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Applications that write to {@code people (id bigint PRIMARY KEY, email text)} while it is encrypted in place. Every value is
 * written once and names its row.
 */
public final class Writers extends RememberingWriters {

    private static final String INSERT = "INSERT INTO people (email, id) VALUES (?, ?)";
    private static final String UPDATE = "UPDATE people SET email = ? WHERE id = ?";

    private static final int THREADS = 3;

    /** No index finds what is in clear, so catch-up is slower than writers who never rest. */
    private static final long PAUSE_NANOS = 5_000_000;

    private final UnaryOperator<String> sealing;

    private Writers(TestDatabase database, UnaryOperator<String> sealing) {
        super(database, "writer", 0, PAUSE_NANOS, false);
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
        Writers all = new Writers(database, sealing);
        all.start(remembered, THREADS, seed);
        return all;
    }

    @Override
    protected String value(long id, int number, Random random) {
        return "row %d, write %d of writer %d".formatted(id, writes(), number);
    }

    @Override
    protected void put(Connection connection, boolean isNew, long id, Optional<String> value, int number)
            throws SQLException {
        String written = value.map(v -> number == 0 ? sealing.apply(v) : v).orElse(null);
        try (PreparedStatement statement = connection.prepareStatement(isNew ? INSERT : UPDATE)) {
            statement.setString(1, written);
            statement.setLong(2, id);
            statement.executeUpdate();
        }
    }
}
