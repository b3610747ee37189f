package dev.sealway.testing;

import dev.sealway.workflow.SealedField;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Applications that write to {@code people (id bigint PRIMARY KEY, email text)} while a migration runs.
 *
 * <p>Half of the threads know nothing of encryption; the others, where a {@link SealedField} is given, write plaintext,
 * ciphertext and token together.
 */
public final class Applications extends RememberingWriters {

    private static final String INSERT = "INSERT INTO people (email%s, id) VALUES (?%s, ?)";
    private static final String UPDATE = "UPDATE people SET (email%s) = ROW (?%s) WHERE id = ?";

    private final List<SealedField> fields;

    private Applications(TestDatabase database, List<SealedField> fields) {
        super(database, "application", 1_000_000, 0, true);
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
        Applications all = new Applications(database, List.copyOf(fields));
        all.start(remembered, count, seed);
        return all;
    }

    @Override
    protected String value(long id, int number, Random random) {
        return "w" + random.nextInt(1_000_000) + "@Example.org";
    }

    @Override
    protected void put(Connection connection, boolean isNew, long id, Optional<String> value, int number)
            throws SQLException {
        SealedField both = number % 2 == 1 && !fields.isEmpty() ? fields.get(number / 2 % fields.size()) : null;
        String sql = isNew ? INSERT : UPDATE;
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
        }
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
}
